import { BatonError } from "./errors.ts";
import { isRead, targetOf } from "./operation.ts";
import { backoffMs, type sleep } from "./retry.ts";
import { type BatonEvent, EventParser, readEvents } from "./sse.ts";
import type { LooseOptions } from "./types.ts";

export type { BatonEvent } from "./sse.ts";

type Open = (options: LooseOptions) => Promise<Response>;
type Waiting = { sleep: typeof sleep; random: () => number };

/** Connections in a row that break off without an event before the reader is told. */
const lossesMax = 5;

// Feeds without an end of their own: a server that ends one only sends its readers elsewhere.
const endless = [/^\/api\/(v\d\/)?events$/, /^\/api\/sessions\/[^/]+\/events$/];

function isEndless(path: string): boolean {
  return endless.some((pattern) => pattern.test(path.split("?")[0] ?? ""));
}

/**
 * Follows a stream of events. One that is read (GET) is taken up again behind its last event when it breaks off; when it
 * ends, it is asked once more whether that was the end or only the end of a server. Others are followed once.
 */
export async function* followEvents(
  open: Open,
  operation: string,
  options: LooseOptions,
  waiting: Waiting,
): AsyncGenerator<BatonEvent, void, undefined> {
  const target = targetOf(operation, options);
  const { signal } = options;
  const parser = new EventParser();
  parser.lastId = headerOf(options, "last-event-id");
  let losses = 0;
  for (;;) {
    const headers: Record<string, string> = { accept: "text/event-stream", ...options.headers };
    if (parser.lastId) headers["last-event-id"] = parser.lastId;
    // Each connection has a signal of its own, so that a long-lived one does not gather listeners.
    const connection = new AbortController();
    const leave = () => connection.abort(signal?.reason);
    signal?.addEventListener("abort", leave, { once: true });
    if (signal?.aborted) leave();
    let count = 0;
    try {
      const response = await open({ ...options, headers, signal: connection.signal });
      if (response.status === 204) return;
      requireEvents(response);
      for await (const event of readEvents(response, { parser: parser.continued() })) {
        count++;
        losses = 0;
        yield event;
      }
      if (!isRead(target) || (count === 0 && !isEndless(target.path))) return;
      if (count > 0) continue;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof BatonError) throw error;
      if (!isRead(target) || ++losses >= lossesMax) throw lost(error);
    } finally {
      signal?.removeEventListener("abort", leave);
    }
    await waiting.sleep(parser.retryMs ?? backoffMs(Math.max(0, losses - 1), waiting.random), signal);
  }
}

function headerOf({ headers = {} }: LooseOptions, name: string): string | undefined {
  return Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];
}

function requireEvents(response: Response): void {
  const type = response.headers.get("content-type") ?? "nothing";
  if (/^text\/event-stream/i.test(type)) return;
  void response.body?.cancel();
  throw new BatonError({
    status: response.status,
    code: "not_a_stream",
    message: `The server answered ${type} where a stream of events was asked for.`,
  });
}

function lost(cause: unknown): BatonError {
  const message = `The stream broke off: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new BatonError({ status: 0, code: "connection_failed", message, cause });
}
