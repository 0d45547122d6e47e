import { z } from "zod";

const Run = z
  .object({ run_id: z.uuid(), score: z.number().nullable(), steps: z.int() })
  .meta({ id: "AnsweringRun", description: "Of `baton/*` only: the run that made the answer." });
const facts = {
  simulated: z.literal(true).optional().meta({ description: "The simulator answered; no provider was asked." }),
  baton: Run.optional(),
};

const Usage = z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() });
const choice = {
  index: z.int(),
  finish_reason: z.string().nullable().meta({ description: "`stop`, `length`, `tool_calls` or `content_filter`." }),
};
const Said = z.looseObject({
  role: z.string(),
  content: z.string().nullable(),
  tool_calls: z.array(z.looseObject({ id: z.string(), type: z.string() })).optional(),
});
const head = { id: z.string(), created: z.int().meta({ description: "Unix seconds." }), model: z.string() };

/** An answer of `POST /v1/chat/completions`. Providers may add fields; they are passed on. */
export const ChatCompletion = z
  .looseObject({
    ...head,
    object: z.literal("chat.completion"),
    choices: z.array(z.looseObject({ ...choice, message: Said })),
    usage: Usage.optional(),
    ...facts,
  })
  .meta({ id: "ChatCompletion" });

/** What every `data:` line of its stream holds but the last, which is `[DONE]`. */
export const ChatCompletionChunk = z.string().meta({
  description:
    "Server-Sent Events without names: every `data` is an object of type `chat.completion.chunk` with `id`, `created`, `model` and `choices[].delta`; with `stream_options.include_usage` one more has `usage`. The last is `[DONE]`.",
});

/** An answer of `POST /v1/messages`. */
export const AnthropicMessage = z
  .looseObject({
    id: z.string(),
    type: z.literal("message"),
    role: z.literal("assistant"),
    model: z.string(),
    content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
    stop_reason: z.string().nullable(),
    stop_sequence: z.string().nullable(),
    usage: z.looseObject({ input_tokens: z.int(), output_tokens: z.int() }),
    ...facts,
  })
  .meta({ id: "AnthropicMessage" });

/** The events of its stream. */
export const AnthropicMessageStream = z.string().meta({
  description:
    "Server-Sent Events in Anthropic's order: `message_start`, then `content_block_start`, `content_block_delta` and `content_block_stop` for each block, `message_delta` and `message_stop`; `ping` in between, `error` when it breaks off.",
});
