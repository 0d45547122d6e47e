import type { AppError } from "#lib/errors";
import { log } from "#lib/log";
import {
  type CompletionCall,
  type CompletionOutcome,
  estimateUsage,
  outcomeOf,
  type Usage,
} from "#lib/models/completion";
import type { Ticket } from "#lib/models/provider-health";
import type { Provider } from "#lib/models/providers";
import { createSseReader, type SseEvent } from "#lib/models/sse";
import { ours, providerFailed, type UpstreamBody, upstreamError } from "#lib/models/upstream";
import { charactersSeen, nothingSeen, type Seen } from "#lib/models/wire";

export type Relay = {
  call: CompletionCall;
  provider: Provider;
  body: UpstreamBody;
  ticket: Ticket;
  startedAt: number;
};

const notRecorded = (err: unknown) => log.error({ err }, "a streamed model call was not recorded");

/** The events that the caller gets, as few pieces as possible: usually the very bytes that came. */
function select({ call, provider }: Relay, seen: Seen, events: SseEvent[]): Uint8Array {
  const kept: Uint8Array[] = [];
  for (const event of events) {
    if (seen.isDone) break;
    if (call.wire.inspect(call, provider, seen, event.data)) kept.push(event.bytes);
  }
  const [first] = kept;
  if (!first) return new Uint8Array();
  if (kept.length < events.length) return Buffer.concat(kept);
  // All of them lie side by side in one buffer.
  const length = kept.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  return new Uint8Array(first.buffer, first.byteOffset, length);
}

function usageSeen({ body, wire }: CompletionCall, seen: Seen): Usage {
  if (seen.usage) return seen.usage;
  const guess = estimateUsage(body, charactersSeen(wire, seen));
  return { ...guess, inputTokens: seen.inputTokens ?? guess.inputTokens };
}

/**
 * Relays a provider's stream event by event and records how it ended: the last event goes out only when the record is
 * stored, a stream that breaks ends with an error event, and a reader who leaves (`gone`) ends the provider's work. A
 * failure before the first event is thrown instead and not recorded: another attempt may follow.
 */
export async function* relayEvents(relay: Relay, gone: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const { call, provider, body, ticket, startedAt } = relay;
  const events = createSseReader();
  const seen = nothingSeen();
  let isSettled = false;
  let hasSent = false;
  let last: Uint8Array = new Uint8Array();
  const record = (status: CompletionOutcome["status"], error?: AppError): Promise<void> => {
    isSettled = true;
    const usage = usageSeen(call, seen);
    const outcome = outcomeOf(call.candidate, { status, usage, startedAt, ...(error ? { error } : {}) });
    return ours(call.record(outcome));
  };

  // A destroyed body reports that once more; without a listener Node would end the process.
  body.on("error", () => undefined);
  gone.addEventListener("abort", () => body.destroy(), { once: true });
  try {
    // Leaving the loop must not close the connection: after the last event it is good for the next call.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      const piece = select(relay, seen, events.push(chunk));
      // What came together with the last event goes out together with it.
      if (seen.isDone) last = piece;
      else if (piece.byteLength > 0) {
        hasSent = true;
        yield piece;
      }
      if (seen.isDone) break;
    }
    if (!seen.isDone) throw providerFailed(provider, "broke off its answer", { isPassing: true });
    ticket.end(seen.isBroken, "an error within its answer");
    if (seen.isBroken) await record("failed", providerFailed(provider, "reported an error within its answer"));
    else await record("completed");
    yield Buffer.concat([last, call.wire.lastEvent]);
  } catch (cause) {
    if (gone.aborted || call.signal.aborted) return;
    const error = upstreamError(provider, cause);
    ticket.end(true, error.message);
    const isFirstTry = !hasSent && !isSettled;
    if (isFirstTry) isSettled = true;
    else if (!isSettled) await record("failed", error).catch(notRecorded);
    if (!hasSent) throw error;
    if (last.byteLength > 0) yield last;
    yield call.wire.errorEvent(error.message, error.reason ?? error.code);
  } finally {
    ticket.end(undefined);
    if (seen.isDone) body.resume();
    else body.destroy();
    if (!isSettled) await record("cancelled").catch(notRecorded);
  }
}
