import { z } from "zod";

export const optimizationModes = ["lite", "balanced", "quality"] as const;
export const swarmTypes = ["coding-team", "research-team", "creative-team", "coding-debate"] as const;

const contextBytesMax = 64 * 1024;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

const messageOf = (name: string) =>
  z
    .string()
    .max(32_000, `${name} must have at most 32000 characters`)
    .refine((text) => text.trim() !== "", `${name} must not be blank`);

/** The name of a session, chosen by the client. */
export const SessionId = z
  .string()
  .min(1, "A session id must not be empty")
  .max(128, "A session id has at most 128 characters")
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"), "A session id must be well-formed text");

const UserContext = z
  .record(z.string(), z.unknown())
  .refine((context) => bytesOf(context) <= contextBytesMax, "Must have at most 64 KB")
  .nullish();

/** A message to the chat (document 003). */
export const ChatRequest = z
  .object({
    message: messageOf("Message"),
    session_id: SessionId.nullish().meta({ description: "Chosen by the client; made when absent." }),
    optimization_mode: z.enum(optimizationModes).default("balanced"),
    swarm_type: z.enum(swarmTypes).nullish(),
    use_memory: z.boolean().default(false).meta({ description: "Give the session's earlier turns to the model." }),
    user_context: UserContext,
  })
  .meta({ id: "ChatRequest" });
export type ChatRequest = z.infer<typeof ChatRequest>;

/** A message over a socket; the session stands in the address. */
export const SocketChat = ChatRequest.omit({ session_id: true, user_context: true })
  .extend({ context: UserContext })
  .meta({ id: "SocketChat" });

/** A message in the form of version 1. */
export const LegacyChatRequest = z
  .object({ text: messageOf("Text"), sessionId: SessionId.nullish() })
  .meta({ id: "LegacyChatRequest" });
export type LegacyChatRequest = z.infer<typeof LegacyChatRequest>;

/** Query parameters of the stream. */
export const ChatQuery = z.object({
  message: messageOf("Message"),
  session_id: SessionId.optional(),
  optimization_mode: z.enum(optimizationModes).default("balanced"),
  swarm_type: z.enum(swarmTypes).optional(),
  use_memory: z
    .enum(["true", "false"])
    .optional()
    .transform((word) => word === "true"),
});

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

export const LegacyChatReply = ChatReply.extend({ sessionId: z.string() }).meta({ id: "LegacyChatReply" });
export type LegacyChatReply = z.infer<typeof LegacyChatReply>;

export type ChatTurn = { role: "user" | "assistant"; content: string; createdAt: string };

export const ChatHistory = z
  .object({
    session_id: z.string(),
    turns: z.array(
      z.object({ role: z.enum(["user", "assistant"]), content: z.string(), created_at: z.iso.datetime() }),
    ),
  })
  .meta({ id: "ChatHistory" });
export type ChatHistory = z.infer<typeof ChatHistory>;
