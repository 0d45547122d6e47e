import { isDraining } from "#lib/health/service";
import { log } from "#lib/log";

/** Proxies cut connections that say nothing for a minute. */
const heartbeatMs = 15_000;
const drainLookMs = 1_000;

export type ServerEvent = { id?: number; event: string; data: unknown };

const encoder = new TextEncoder();
const textOf = ({ id, event, data }: ServerEvent) =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The number after which a client wants events: what its last stream ended with (`Last-Event-ID`), else 0. */
export function lastEventId(request: Request): number {
  const given = request.headers.get("last-event-id")?.trim() ?? "";
  return /^\d{1,9}$/.test(given) ? Number(given) : 0;
}

/** The same where numbers may be larger; nothing when the client begins afresh. */
export function sentEventId(request: Request): number | undefined {
  const given = request.headers.get("last-event-id")?.trim() ?? "";
  return /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}

/** Whether a caller asked for Server-Sent Events rather than for JSON. */
export function prefersEvents(request: Request): boolean {
  return /^\s*text\/event-stream/i.test(request.headers.get("accept") ?? "");
}

/**
 * Answers with events as they come (Server-Sent Events), and with a comment every 15 s in between. `begin` is given the
 * signal that says nobody reads any more: the client left, or this process is about to end.
 */
export function eventStream(
  begin: (signal: AbortSignal) => AsyncIterable<ServerEvent>,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const gone = new AbortController();
  const heartbeat = { timer: undefined as NodeJS.Timeout | undefined, drain: undefined as NodeJS.Timeout | undefined };
  const end = () => {
    clearInterval(heartbeat.timer);
    clearInterval(heartbeat.drain);
    gone.abort(new Error("The reader has left."));
  };
  const events = begin(gone.signal)[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(": connected\n\n"));
      heartbeat.timer = setInterval(() => controller.enqueue(encoder.encode(": heartbeat\n\n")), heartbeatMs);
      // A client that is sent away now reconnects elsewhere, and misses nothing.
      heartbeat.drain = setInterval(() => isDraining() && end(), drainLookMs);
      for (const timer of [heartbeat.timer, heartbeat.drain]) timer.unref();
    },
    async pull(controller) {
      try {
        const { value, done } = await events.next();
        if (!done) return controller.enqueue(encoder.encode(textOf(value)));
        end();
        controller.close();
      } catch (error) {
        log.error({ err: error }, "an event stream broke off");
        end();
        controller.error(error);
      }
    },
    async cancel() {
      end();
      await events.return?.();
    },
  });
  return new Response(body, {
    status,
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      // nginx would hold events back until its buffer is full.
      "x-accel-buffering": "no",
      ...headers,
    },
  });
}
