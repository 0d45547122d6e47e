import { z } from "zod";
import { ChatReply, ChatRequest } from "#lib/chat/schema";
import { chat as chatOnce } from "#lib/chat/service";
import { askOnce } from "#lib/mcp/prompt";
import { adds, tool } from "#lib/mcp/tool";
import { runLink } from "#lib/mcp/uris";

const charactersMax = 200_000;
const defaultInstructions = "Answer helpfully, correctly and in Markdown. Say so when you do not know.";

const Prompted = z.object({
  run_id: z.uuid(),
  output: z.string(),
  model: z.string(),
  simulated: z.boolean().meta({ description: "Whether the simulator answered instead of a model." }),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost: z.number().nullable().meta({ description: "US dollars; null when the price is not known." }),
});

export const runPrompt = tool({
  name: "run_prompt",
  title: "Run a prompt",
  description:
    "Asks one AI model once and answers with its text. Prompt and answer are kept as a run. For several models working together use `chat` with a swarm_type, or `orchestrate`.",
  scope: "agents:write",
  counts: { family: "openai" },
  hints: adds,
  input: z.object({
    prompt: z
      .string()
      .max(charactersMax)
      .refine((text) => text.trim() !== "", "Must not be blank"),
    model: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: "A name of list_models; the cheapest that can answer unless said." }),
    instructions: z
      .string()
      .max(charactersMax)
      .default(defaultInstructions)
      .meta({ description: "The system prompt." }),
    max_output_tokens: z.int().min(1).max(200_000).optional(),
  }),
  output: Prompted,
  links: (output) => [runLink(output.run_id)],
  run: async ({ ctx, input: { max_output_tokens: outputTokensMax, ...asked }, signal }) => {
    const { runId, execution } = await askOnce(ctx, { ...asked, outputTokensMax }, signal);
    const { result, steps } = execution;
    const sum = (read: (step: (typeof steps)[number]) => number) =>
      steps.reduce((total, step) => total + read(step), 0);
    const isPriced = steps.every(({ costMicros }) => costMicros !== null);
    return {
      run_id: runId,
      output: result.output,
      model: result.model,
      simulated: steps.some(({ simulated }) => simulated),
      input_tokens: sum((step) => step.inputTokens),
      output_tokens: sum((step) => step.outputTokens),
      cost: isPriced ? sum((step) => step.costMicros ?? 0) / 1_000_000 : null,
    };
  },
});

export const chat = tool({
  name: "chat",
  title: "Chat",
  description:
    "Sends a message to a chat session. `optimization_mode` trades price for quality, `swarm_type` lets a team of models or a debate answer, and `use_memory` gives the session's earlier turns to the model. Keep `session_id` of the answer to go on with the conversation.",
  scope: "agents:write",
  counts: { family: "orchestra" },
  hints: adds,
  input: ChatRequest,
  output: ChatReply,
  run: ({ ctx, input, signal }) => chatOnce(ctx, input, { signal }),
});
