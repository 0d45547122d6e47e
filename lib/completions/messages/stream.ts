import { factsOf, newMessageId, stopReasonOf } from "#lib/completions/messages/answer";
import { anthropicEvent } from "#lib/models/anthropic-wire";
import { type Usage, usageOf } from "#lib/models/completion";
import { eventStream } from "#lib/models/completion-stream";
import { createSseReader } from "#lib/models/sse";
import { parseObject } from "#lib/models/wire";

type Delta = {
  content?: unknown;
  tool_calls?: { index?: number; id?: string; function?: { name?: string; arguments?: string } }[];
};
type Chunk = {
  model?: unknown;
  choices?: { delta?: Delta; finish_reason?: unknown }[];
  usage?: unknown;
  error?: { message?: unknown };
};

/** Turns the chunks of one stream into Anthropic's events. */
class Translation {
  #hasStarted = false;
  /** Of the block that is open; blocks come one after the other. */
  #block = -1;
  #open: "text" | number | undefined;
  #finishReason: unknown;
  #usage: Usage;

  constructor(inputTokens: number) {
    this.#usage = { inputTokens, outputTokens: 0 };
  }

  *chunk({ model, choices = [], usage }: Chunk): Generator<Uint8Array> {
    if (!this.#hasStarted) yield* this.#start(model);
    this.#usage = usageOf(usage) ?? this.#usage;
    const [choice] = choices;
    if (typeof choice?.delta?.content === "string" && choice.delta.content !== "")
      yield* this.#text(choice.delta.content);
    for (const call of choice?.delta?.tool_calls ?? []) yield* this.#call(call);
    this.#finishReason = choice?.finish_reason ?? this.#finishReason;
  }

  *end(): Generator<Uint8Array> {
    yield* this.#close();
    const { inputTokens: input_tokens, outputTokens: output_tokens } = this.#usage;
    const delta = { stop_reason: stopReasonOf(this.#finishReason), stop_sequence: null };
    yield anthropicEvent({ type: "message_delta", delta, usage: { input_tokens, output_tokens } });
    yield anthropicEvent({ type: "message_stop" });
  }

  *#start(model: unknown): Generator<Uint8Array> {
    this.#hasStarted = true;
    const usage = { input_tokens: this.#usage.inputTokens, output_tokens: 0 };
    const message = { id: newMessageId(), type: "message", role: "assistant", model, content: [] };
    yield anthropicEvent({
      type: "message_start",
      message: { ...message, stop_reason: null, stop_sequence: null, usage },
    });
    yield anthropicEvent({ type: "ping" });
  }

  *#close(): Generator<Uint8Array> {
    if (this.#open === undefined) return;
    yield anthropicEvent({ type: "content_block_stop", index: this.#block });
    this.#open = undefined;
  }

  *#begin(which: "text" | number, block: object): Generator<Uint8Array> {
    yield* this.#close();
    this.#open = which;
    this.#block += 1;
    yield anthropicEvent({ type: "content_block_start", index: this.#block, content_block: block });
  }

  *#text(text: string): Generator<Uint8Array> {
    if (this.#open !== "text") yield* this.#begin("text", { type: "text", text: "" });
    yield anthropicEvent({ type: "content_block_delta", index: this.#block, delta: { type: "text_delta", text } });
  }

  *#call({ index = 0, id, function: called }: NonNullable<Delta["tool_calls"]>[number]): Generator<Uint8Array> {
    if (this.#open !== index) yield* this.#begin(index, { type: "tool_use", id, name: called?.name, input: {} });
    const json = called?.arguments;
    if (!json) return;
    const delta = { type: "input_json_delta", partial_json: json };
    yield anthropicEvent({ type: "content_block_delta", index: this.#block, delta });
  }
}

const broken = (message: string) => anthropicEvent({ type: "error", error: { type: "api_error", message } });

async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  inputTokens: number,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  // The source hears at once that nobody reads any more, also while it is silent.
  gone.addEventListener("abort", () => void reader.cancel().catch(() => undefined), { once: true });
  const events = createSseReader();
  const translation = new Translation(inputTokens);
  let isDone = false;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const { data } of events.push(part.value)) {
        // A comment that keeps the connection alive.
        if (data === "") yield anthropicEvent({ type: "ping" });
        // Its source ends by itself after that; only then has everybody heard of it.
        else if (data === "[DONE]") isDone = true;
        else {
          const chunk = parseObject(data) as Chunk | undefined;
          if (chunk?.error) return yield broken(String(chunk.error.message ?? "The provider broke off its answer."));
          if (chunk) yield* translation.chunk(chunk);
        }
      }
    }
    if (isDone) yield* translation.end();
    else if (!gone.aborted) yield broken("The answer ended too early.");
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A stream of OpenAI's chunks as Anthropic's events. `inputTokens` is a guess for the beginning; the end has the count. */
export function translateStream(response: Response, inputTokens: number): Promise<Response> {
  const { body, headers } = response;
  if (!body) throw new Error("A stream needs a body.");
  return eventStream((gone) => eventsOf(body, inputTokens, gone), factsOf(headers));
}
