import { z } from "zod";

export const optimizationModes = ["lite", "balanced", "quality"] as const;
export const swarmTypes = ["coding-team", "research-team", "creative-team", "coding-debate"] as const;

const contextBytesMax = 64 * 1024;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** A message to the chat (document 003). */
export const ChatRequest = z
  .object({
    message: z
      .string()
      .max(32_000, "Message must have at most 32000 characters")
      .refine((text) => text.trim() !== "", "Message must not be blank"),
    session_id: z.string().min(1).max(128).nullish().meta({ description: "Chosen by the client; made when absent." }),
    optimization_mode: z.enum(optimizationModes).default("balanced"),
    swarm_type: z.enum(swarmTypes).nullish(),
    use_memory: z.boolean().default(false).meta({ description: "Give the session's earlier turns to the model." }),
    user_context: z
      .record(z.string(), z.unknown())
      .refine((context) => bytesOf(context) <= contextBytesMax, "Must have at most 64 KB")
      .nullish(),
  })
  .meta({ id: "ChatRequest" });
export type ChatRequest = z.infer<typeof ChatRequest>;

export const ChatReply = z
  .object({
    response: z.string(),
    session_id: z.string(),
    execution_mode: z.string().meta({ description: "`single`, `swarm:<type>` or `debate`." }),
    quality_score: z.number().min(0).max(1),
    execution_time: z.number().meta({ description: "Seconds." }),
    metadata: z.object({
      tokens_used: z.int(),
      model: z.string(),
      processing_steps: z.array(z.string()),
      simulated: z.literal(true).optional(),
    }),
  })
  .meta({ id: "ChatReply" });
export type ChatReply = z.infer<typeof ChatReply>;

export type ChatTurn = { role: "user" | "assistant"; content: string; createdAt: string };
