import { estimateUsage, type Usage } from "#lib/models/completion";
import { rewriteBody } from "#lib/models/rewrite";
import { providerFailed } from "#lib/models/upstream";
import { keepUnread, parseObject, type Seen, type Wire } from "#lib/models/wire";

const encoder = new TextEncoder();

/** One event of Anthropic's streams, which carry their type twice. */
export function anthropicEvent(value: { type: string } & Record<string, unknown>): Uint8Array {
  return encoder.encode(`event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`);
}

const count = (value: unknown) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** What was asked, with what went into or came out of the provider's own cache. */
function inputOf(usage: unknown): number | undefined {
  if (typeof usage !== "object" || usage === null) return undefined;
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens } = usage as Record<string, unknown>;
  const input = count(input_tokens);
  if (input === undefined) return undefined;
  return input + (count(cache_creation_input_tokens) ?? 0) + (count(cache_read_input_tokens) ?? 0);
}

function outputOf(usage: unknown): number | undefined {
  if (typeof usage !== "object" || usage === null || !("output_tokens" in usage)) return undefined;
  return count(usage.output_tokens);
}

function charactersOfBlock(block: unknown): number {
  if (typeof block !== "object" || block === null) return 0;
  const { text, thinking, partial_json: json, input } = block as Record<string, unknown>;
  const texts = [text, thinking, json].filter((one) => typeof one === "string");
  return texts.reduce((sum, one) => sum + one.length, 0) + (input ? JSON.stringify(input).length : 0);
}

function noteUsage(seen: Seen, event: Record<string, unknown>): void {
  const message = event.type === "message_start" ? (event.message as { usage?: unknown } | undefined) : undefined;
  seen.inputTokens = inputOf(message ? message.usage : event.usage) ?? seen.inputTokens;
  if (event.type !== "message_delta") return;
  const outputTokens = outputOf(event.usage);
  if (outputTokens !== undefined && seen.inputTokens !== undefined) {
    seen.usage = { inputTokens: seen.inputTokens, outputTokens };
  }
}

/** Anthropic's messages, passed on as they are to providers that speak them. */
export const anthropicWire: Wire = {
  path: (provider) => new URL(`${provider.baseUrl}/messages`).pathname,
  headers: ({ headers }, { apiKey }) => ({
    "content-type": "application/json",
    "anthropic-version": "2023-06-01",
    ...headers,
    ...(apiKey === undefined ? {} : { "x-api-key": apiKey }),
  }),
  rewrite: ({ body, rawBody, candidate }) =>
    rewriteBody(body, rawBody, candidate.model.version, { asksForUsage: false }),
  usageOfWhole({ body }, answer): Usage | undefined {
    if (!("content" in answer) || !Array.isArray(answer.content)) return undefined;
    const usage = "usage" in answer ? answer.usage : undefined;
    const inputTokens = inputOf(usage);
    const outputTokens = outputOf(usage);
    if (inputTokens !== undefined && outputTokens !== undefined) return { inputTokens, outputTokens };
    return estimateUsage(
      body,
      answer.content.reduce((sum, block) => sum + charactersOfBlock(block), 0),
    );
  },
  charactersOf: (event) => ("delta" in event ? charactersOfBlock(event.delta) : 0),
  lastEvent: anthropicEvent({ type: "message_stop" }),
  errorEvent: (message) => anthropicEvent({ type: "error", error: { type: "api_error", message } }),
  /** Pieces of text go by unread; everything else is parsed. */
  inspect(_, provider, seen, data) {
    if (data === "") return true;
    if (data.startsWith('{"type":"content_block_delta"')) {
      keepUnread(anthropicWire, seen, data);
      return true;
    }
    const event = parseObject(data);
    if (!event) throw providerFailed(provider, "sent a stream that is no JSON");
    if (event.type === "message_stop") {
      seen.isDone = true;
      return false;
    }
    if (event.type === "error") seen.isBroken = true;
    seen.characters += anthropicWire.charactersOf(event);
    noteUsage(seen, event);
    return true;
  },
};
