"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { readServerEvents, type ServerEvent } from "#components/server-events";

/** `reconnecting`: what is shown may be old. `ended`: nothing more can come. */
export type Connection = "connecting" | "live" | "reconnecting" | "ended";

const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** The server says something every 15 s; a stream that is silent for longer is dead without knowing. */
const silenceMs = 40_000;

type Following = {
  /** Events up to this number were seen before. */
  after: number;
  signal: AbortSignal;
  /** True ends it. */
  onEvent: (event: ServerEvent) => boolean | undefined;
  onConnection: (connection: Connection) => void;
};

/** Aborts when nothing was read for too long; `body` has to be read through it. */
function watched(body: ReadableStream<BufferSource>, silent: AbortController): ReadableStream<BufferSource> {
  let timer = setTimeout(() => silent.abort(), silenceMs);
  return body.pipeThrough(
    new TransformStream<BufferSource, BufferSource>({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), silenceMs);
        controller.enqueue(chunk);
      },
      flush: () => clearTimeout(timer),
    }),
  );
}

const isRefusal = (status: number) => status >= 400 && status < 500 && status !== 429;

/**
 * Reads a stream of numbered events, each once and in order, and takes it up again where it broke off. Ends when `onEvent`
 * says so, when the server refuses it for good, or when `signal` aborts.
 */
export async function followEvents(url: string, { after, signal, onEvent, onConnection }: Following): Promise<void> {
  let seen = String(after);
  let waitMs = firstWaitMs;
  while (!signal.aborted) {
    const silent = new AbortController();
    try {
      const response = await fetch(url, {
        headers: { "last-event-id": seen },
        signal: AbortSignal.any([signal, silent.signal]),
      });
      if (isRefusal(response.status)) return onConnection("ended");
      if (!response.ok || response.body === null) throw new Error(`The stream answered ${response.status}.`);
      onConnection("live");
      for await (const event of readServerEvents(watched(response.body, silent))) {
        waitMs = firstWaitMs;
        seen = event.id ?? seen;
        if (onEvent(event)) return onConnection("ended");
      }
    } catch {
      // Whatever the reason, it is taken up again below.
    }
    if (signal.aborted) return;
    onConnection("reconnecting");
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}

/** Follows a stream while `isOpen`, from the number that was seen when it was opened. */
export function useEvents(
  url: string,
  { after, isOpen, onEvent }: Pick<Following, "after" | "onEvent"> & { isOpen: boolean },
): Connection {
  const [connection, setConnection] = useState<Connection>(isOpen ? "connecting" : "ended");
  const tell = useEffectEvent(onEvent);
  const first = useEffectEvent(() => after);

  useEffect(() => {
    if (!isOpen) return;
    const gone = new AbortController();
    const { signal } = gone;
    const onConnection = (next: Connection) => {
      if (!signal.aborted) setConnection(next);
    };
    void followEvents(url, {
      after: first(),
      signal,
      onEvent: (event) => !signal.aborted && tell(event),
      onConnection,
    });
    return () => gone.abort();
  }, [url, isOpen]);

  return isOpen ? connection : "ended";
}
