import type { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { type CompletionCall, type CompletionOutcome, estimateUsage, outcomeOf } from "#lib/models/completion";
import { doneEvent, errorEvent } from "#lib/models/completion-stream";
import type { Provider } from "#lib/models/providers";
import { charactersSeen, inspect, nothingSeen, type Seen } from "#lib/models/seen-chunks";
import { createSseReader, type SseEvent } from "#lib/models/sse";
import { providerFailed, type UpstreamBody, upstreamError } from "#lib/models/upstream";

export type Relay = {
  call: CompletionCall;
  provider: Provider;
  body: UpstreamBody;
  /** The caller did not ask for the chunk that only holds the usage, Baton did. */
  hidesUsage: boolean;
  startedAt: number;
};

const notRecorded = (err: unknown) => log.error({ err }, "a streamed model call was not recorded");

/** The events that the caller gets, as few pieces as possible: usually the very bytes that came. */
function select(relay: Relay, seen: Seen, events: SseEvent[]): Uint8Array {
  const kept: Uint8Array[] = [];
  for (const event of events) {
    if (seen.isDone) break;
    if (inspect(relay.provider, relay.hidesUsage, seen, event.data)) kept.push(event.bytes);
  }
  const [first] = kept;
  if (!first) return new Uint8Array();
  if (kept.length < events.length) return Buffer.concat(kept);
  // All of them lie side by side in one buffer.
  const length = kept.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  return new Uint8Array(first.buffer, first.byteOffset, length);
}

/**
 * Relays a provider's stream event by event and records how it ended: `[DONE]` goes out only when the record is stored, a
 * stream that breaks ends with an error event, and a reader who leaves (`gone`) ends the provider's work. A failure
 * before the first event is thrown instead.
 */
export async function* relayEvents(relay: Relay, gone: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const { call, provider, body, startedAt } = relay;
  const events = createSseReader();
  const seen = nothingSeen();
  let isRecorded = false;
  let hasSent = false;
  let last: Uint8Array = new Uint8Array();
  const record = (status: CompletionOutcome["status"], error?: AppError): Promise<void> => {
    isRecorded = true;
    const usage = seen.usage ?? estimateUsage(call.body, charactersSeen(seen));
    return call.record(outcomeOf(call.candidate, { status, usage, startedAt, ...(error ? { error } : {}) }));
  };

  // A destroyed body reports that once more; without a listener Node would end the process.
  body.on("error", () => undefined);
  gone.addEventListener("abort", () => body.destroy(), { once: true });
  try {
    // Leaving the loop must not close the connection: after [DONE] it is good for the next call.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      const piece = select(relay, seen, events.push(chunk));
      // What came together with [DONE] goes out together with it.
      if (seen.isDone) last = piece;
      else if (piece.byteLength > 0) {
        hasSent = true;
        yield piece;
      }
      if (seen.isDone) break;
    }
    if (!seen.isDone) throw providerFailed(provider, "broke off its answer");
    if (seen.isBroken) await record("failed", providerFailed(provider, "reported an error within its answer"));
    else await record("completed");
    yield Buffer.concat([last, doneEvent]);
  } catch (cause) {
    if (gone.aborted || call.signal.aborted) return;
    const error = upstreamError(provider, cause);
    if (!isRecorded) await record("failed", error).catch(notRecorded);
    if (!hasSent) throw error;
    if (last.byteLength > 0) yield last;
    yield errorEvent(error.message, error.reason ?? error.code);
  } finally {
    if (seen.isDone) body.resume();
    else body.destroy();
    if (!isRecorded) await record("cancelled").catch(notRecorded);
  }
}
