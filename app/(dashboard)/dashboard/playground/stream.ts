import { toFailure, toRecord } from "#components/request";
import type { ChatMessage } from "#components/snippets";

export type Usage = { inputTokens: number; outputTokens: number };

/** One thing a stream tells: more text, what was used, or that a simulator speaks. */
export type StreamEvent = { type: "text"; text: string } | { type: "usage"; usage: Usage } | { type: "simulated" };

/** A stream that was refused or broke off. What had arrived by then is kept by the reader of the stream. */
export class StreamError extends Error {
  readonly requestId: string | null;

  constructor(message: string, requestId: string | null) {
    super(message);
    this.name = "StreamError";
    this.requestId = requestId;
  }
}

/** Asks a model and yields the answer as it comes. Ends normally only after the server's own end mark; else it throws. */
export async function* streamCompletion(
  question: { model: string; messages: ChatMessage[] },
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void, undefined> {
  const response = await fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...question, stream: true, stream_options: { include_usage: true } }),
    signal,
  });
  const requestId = response.headers.get("x-request-id");
  if (!response.ok) {
    const { message } = toFailure(response, toRecord(await response.json().catch(() => null)));
    throw new StreamError(message, requestId);
  }
  if (response.body === null) throw new StreamError("The answer has no body.", requestId);
  yield* readEvents(response.body, requestId);
}

/** Reads the events of a completion out of its bytes. */
export async function* readEvents(
  body: ReadableStream<BufferSource>,
  requestId: string | null,
): AsyncGenerator<StreamEvent, void, undefined> {
  let isMarked = false;
  for await (const data of readData(body)) {
    if (data === "[DONE]") return;
    const chunk = parse(data, requestId);
    if (chunk.error !== undefined && chunk.error !== null) {
      const { message } = toRecord(chunk.error);
      throw new StreamError(typeof message === "string" ? message : "The model broke off.", requestId);
    }
    if (chunk.simulated === true && !isMarked) {
      isMarked = true;
      yield { type: "simulated" };
    }
    const text = textOf(chunk);
    if (text !== "") yield { type: "text", text };
    const usage = usageOf(chunk);
    if (usage) yield { type: "usage", usage };
  }
  throw new StreamError("The connection ended before the answer was complete.", requestId);
}

async function* readData(body: ReadableStream<BufferSource>): AsyncGenerator<string, void, undefined> {
  // Not `for await` over the stream itself, which Safari learned late.
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = `${rest}${piece.value}`.split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data:")) yield line.slice("data:".length).trim();
  }
}

function parse(data: string, requestId: string | null): Record<string, unknown> {
  try {
    return toRecord(JSON.parse(data));
  } catch {
    throw new StreamError("The server sent something that is no answer.", requestId);
  }
}

function textOf(chunk: Record<string, unknown>): string {
  const [choice] = Array.isArray(chunk.choices) ? chunk.choices : [];
  const { content } = toRecord(toRecord(choice).delta);
  return typeof content === "string" ? content : "";
}

function usageOf(chunk: Record<string, unknown>): Usage | null {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = toRecord(chunk.usage);
  return typeof inputTokens === "number" && typeof outputTokens === "number" ? { inputTokens, outputTokens } : null;
}
