import { env } from "#lib/env";
import type { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { answeredBy, type CompletionCall, clientGone, noUsage, outcomeOf, type Usage } from "#lib/models/completion";
import { eventStream } from "#lib/models/completion-stream";
import { relayEvents } from "#lib/models/passthrough-stream";
import { enterProvider, noteRetry, type Ticket } from "#lib/models/provider-health";
import type { Provider } from "#lib/models/providers";
import { RequestRefused, readRefusal } from "#lib/models/refusal";
import { waitToRetry } from "#lib/models/retry";
import { answerSimulated } from "#lib/models/simulated-completion";
import {
  ours,
  ProviderError,
  providerFailed,
  providerTimedOut,
  requestUpstream,
  type UpstreamBody,
  upstreamError,
} from "#lib/models/upstream";
import { parseObject } from "#lib/models/wire";

/** What came back: a whole answer, or the beginning of a stream. */
type Reply = { type: "whole"; bytes: Uint8Array<ArrayBuffer>; usage: Usage } | { type: "stream"; body: UpstreamBody };

/** Reads a whole answer; one that is not complete by the deadline never will be. */
async function readWhole(provider: Provider, body: UpstreamBody, deadline: number): Promise<Uint8Array<ArrayBuffer>> {
  let isLate = false;
  const giveUp = () => {
    isLate = true;
    body.destroy(new Error("The answer did not end in time."));
  };
  const timer = setTimeout(giveUp, Math.max(1, deadline - Date.now()));
  try {
    return new Uint8Array(await body.arrayBuffer());
  } catch (cause) {
    throw isLate ? providerTimedOut(provider, cause) : cause;
  } finally {
    clearTimeout(timer);
  }
}

async function exchange(call: CompletionCall, provider: Provider, deadline: number): Promise<Reply> {
  const { statusCode, headers, body } = await requestUpstream(provider, {
    method: "POST",
    path: call.wire.path(provider),
    headers: call.wire.headers(call, provider),
    body: call.wire.rewrite(call),
    signal: call.signal,
    timeoutMs: Math.max(1, deadline - Date.now()),
  });
  if (statusCode !== 200) throw await readRefusal(provider, { statusCode, headers, body });
  if (call.body.stream) {
    if (String(headers["content-type"]).startsWith("text/event-stream")) return { type: "stream", body };
    await body.dump();
    throw providerFailed(provider, "gave an unusable answer to a request for a stream");
  }
  const bytes = await readWhole(provider, body, deadline);
  const answer = parseObject(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  const usage = answer && call.wire.usageOfWhole(call, answer);
  if (!usage) throw providerFailed(provider, "gave an unusable answer");
  return { type: "whole", bytes, usage };
}

/** Whether an error tells that the provider fails: one that refuses an input works, one that limits its callers may. */
function isFailure(error: AppError): boolean | undefined {
  if (error instanceof RequestRefused) return false;
  return error instanceof ProviderError && error.code !== "rate_limited" ? true : undefined;
}

async function attempt(
  call: CompletionCall,
  provider: Provider,
  startedAt: number,
  deadline: number,
): Promise<Response> {
  const ticket: Ticket = await enterProvider(provider, call.signal);
  const headers = answeredBy(call.candidate);
  let reply: Reply;
  try {
    await ours(call.reserve?.());
    reply = await exchange(call, provider, deadline);
  } catch (cause) {
    if (call.signal.aborted) ticket.end(undefined);
    else {
      const error = upstreamError(provider, cause);
      ticket.end(isFailure(error), error.message);
    }
    throw cause;
  }
  if (reply.type === "stream") {
    const { body } = reply;
    return eventStream((gone) => relayEvents({ call, provider, body, ticket, startedAt }, gone), headers);
  }
  ticket.end(false);
  await ours(call.record(outcomeOf(call.candidate, { status: "completed", usage: reply.usage, startedAt })));
  return new Response(reply.bytes, { headers: { "content-type": "application/json", ...headers } });
}

async function recordGone(call: CompletionCall, startedAt: number): Promise<void> {
  const outcome = outcomeOf(call.candidate, { status: "cancelled", usage: noUsage, startedAt });
  await call.record(outcome).catch((err) => log.error({ err }, "a model call was not recorded"));
}

/**
 * Answers a call through its provider, bytes for bytes, or through the simulator. A passing failure before anything went to
 * the caller is tried again until the deadline. An answer is complete only when its record is stored; a call that threw
 * (`unavailable`, `timeout`, `rate_limited`, or a refusal with the provider's own words) was not recorded and cost nothing.
 */
export async function forwardCompletion(call: CompletionCall): Promise<Response> {
  const { provider } = call.candidate;
  const startedAt = performance.now();
  if (!provider) return answerSimulated(call, startedAt);

  const deadline = Date.now() + env().MODEL_TIMEOUT_SECONDS * 1_000;
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(call, provider, startedAt, deadline);
    } catch (cause) {
      const error = call.signal.aborted ? undefined : upstreamError(provider, cause);
      const isWorthIt = error instanceof ProviderError && error.isPassing && tries <= env().MODEL_RETRIES;
      const again =
        isWorthIt && waitToRetry(tries, error.askedMs, { deadline, signal: call.signal }).catch(() => false);
      if (!(await again)) {
        if (!call.signal.aborted) throw error;
        await recordGone(call, startedAt);
        return clientGone();
      }
      noteRetry(provider);
    }
  }
}
