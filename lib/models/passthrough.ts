import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import {
  type CompletionCall,
  charactersOf,
  clientGone,
  estimateUsage,
  noUsage,
  outcomeOf,
  type Usage,
  usageOf,
} from "#lib/models/completion";
import { eventStream } from "#lib/models/completion-stream";
import { relayEvents } from "#lib/models/passthrough-stream";
import type { Provider } from "#lib/models/providers";
import { needsUsageOption, rewriteBody } from "#lib/models/rewrite";
import { answerSimulated } from "#lib/models/simulated-completion";
import { providerFailed, requestUpstream, type UpstreamBody, upstreamError, withoutKey } from "#lib/models/upstream";

const json = { "content-type": "application/json" };

/** What came back: a whole answer, the beginning of a stream, or a refusal whose reason concerns the caller. */
type Reply =
  | { type: "whole"; bytes: Uint8Array<ArrayBuffer>; usage: Usage }
  | { type: "stream"; body: UpstreamBody }
  | { type: "refusal"; status: number; text: string };

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The usage of a whole answer; undefined when the answer is no chat completion at all. */
function readCompletion(call: CompletionCall, bytes: Uint8Array): Usage | undefined {
  const value = parseObject(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  if (!value || !("choices" in value)) return undefined;
  const usage = usageOf("usage" in value ? value.usage : undefined);
  return usage ?? estimateUsage(call.body, charactersOf(value.choices));
}

async function readRefusal(provider: Provider, status: number, body: UpstreamBody): Promise<Reply> {
  const text = withoutKey(provider, await body.text());
  if (status === 401 || status === 403) throw providerFailed(provider, "refused this instance's key");
  if (status >= 500) throw providerFailed(provider, `failed with status ${status}`);
  if (status < 400 || !parseObject(text))
    throw providerFailed(provider, `gave an unusable answer with status ${status}`);
  return { type: "refusal", status, text };
}

async function exchange(call: CompletionCall, provider: Provider): Promise<Reply> {
  const { statusCode, headers, body } = await requestUpstream(provider, {
    method: "POST",
    path: provider.completionsPath,
    body: rewriteBody(call.body, call.rawBody, call.candidate.model.version),
    signal: call.signal,
  });
  if (statusCode !== 200) return readRefusal(provider, statusCode, body);
  if (call.body.stream) {
    if (String(headers["content-type"]).startsWith("text/event-stream")) return { type: "stream", body };
    await body.dump();
    throw providerFailed(provider, "gave an unusable answer to a request for a stream");
  }
  const bytes = new Uint8Array(await body.arrayBuffer());
  const usage = readCompletion(call, bytes);
  if (!usage) throw providerFailed(provider, "gave an unusable answer");
  return { type: "whole", bytes, usage };
}

/** Records a call without an answer. Its error matters more to the caller than a record that could not be written. */
async function recordEnd(call: CompletionCall, startedAt: number, error?: AppError): Promise<void> {
  const status = error ? "failed" : "cancelled";
  const outcome = outcomeOf(call.candidate, { status, usage: noUsage, startedAt, ...(error ? { error } : {}) });
  await call.record(outcome).catch((cause) => log.error({ err: cause }, "a model call was not recorded"));
}

/**
 * Answers a chat completion through its provider, bytes for bytes, or through the simulator. Whatever happens to the
 * call is recorded, and an answer is complete only when its record is stored. Throws `unavailable` or `timeout`.
 */
export async function forwardCompletion(call: CompletionCall): Promise<Response> {
  const { provider } = call.candidate;
  const startedAt = performance.now();
  if (!provider) return answerSimulated(call, startedAt);

  let reply: Reply;
  try {
    reply = await exchange(call, provider);
  } catch (cause) {
    const error = call.signal.aborted ? undefined : upstreamError(provider, cause);
    await recordEnd(call, startedAt, error);
    if (!error) return clientGone();
    throw error;
  }
  if (reply.type === "stream") {
    const { body } = reply;
    const hidesUsage = needsUsageOption(call.body);
    return eventStream((gone) => relayEvents({ call, provider, body, hidesUsage, startedAt }, gone));
  }
  if (reply.type === "refusal") {
    const message = `${provider.title} refused the request with status ${reply.status}.`;
    await recordEnd(call, startedAt, new AppError("validation", message, { reason: "PROVIDER_REFUSED" }));
    return new Response(reply.text, { status: reply.status, headers: json });
  }
  await call.record(outcomeOf(call.candidate, { status: "completed", usage: reply.usage, startedAt }));
  return new Response(reply.bytes, { headers: json });
}
