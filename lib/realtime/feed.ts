import { isListening, listen } from "#lib/db/listen";
import { singleton } from "#lib/singleton";

/** Looked at so often at least; oftener where notifications do not reach this process. */
const lookMs = 5_000;
const deafLookMs = 1_000;

type Wakers = Map<string, Set<() => void>>;
const channels = singleton("realtime.feeds", () => new Map<string, Wakers>());

function wakersOf(channel: string): Wakers {
  const known = channels.get(channel);
  if (known) return known;
  const wakers: Wakers = new Map();
  channels.set(channel, wakers);
  const wake = (id: string) => {
    for (const call of wakers.get(id) ?? []) call();
  };
  const reset = () => {
    for (const id of wakers.keys()) wake(id);
  };
  listen(channel, { notify: wake, reset });
  return wakers;
}

/** Something with numbered events that only grow: the notification's payload on `channel` is its id. */
export type Feed<E extends { sequence: number }> = {
  channel: string;
  id: string;
  /** The events after a number, oldest first. */
  read(after: number): Promise<E[]>;
  isLast(event: E): boolean;
  /** Whether the last event was written already, for whoever begins after it. */
  isOver(): Promise<boolean>;
};

/**
 * Yields the events of a feed after a number, each once and in order, as they are committed; ends after the last one or when
 * `signal` aborts.
 */
export async function* follow<E extends { sequence: number }>(
  feed: Feed<E>,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<E, void> {
  const wakers = wakersOf(feed.channel);
  const group = wakers.get(feed.id) ?? new Set();
  wakers.set(feed.id, group);
  let next = Promise.withResolvers<void>();
  const wake = () => next.resolve();
  group.add(wake);
  signal.addEventListener("abort", wake);
  try {
    const isOver = await feed.isOver();
    for (let seen = after; !signal.aborted; ) {
      next = Promise.withResolvers<void>();
      const timer = setTimeout(wake, isListening() ? lookMs : deafLookMs);
      try {
        const events = await feed.read(seen);
        for (const event of events) {
          seen = event.sequence;
          yield event;
          if (feed.isLast(event)) return;
        }
        if (isOver && events.length === 0) return;
        // A full page may have more behind it.
        if (events.length === 0) await next.promise;
      } finally {
        clearTimeout(timer);
      }
    }
  } finally {
    signal.removeEventListener("abort", wake);
    group.delete(wake);
    if (group.size === 0) wakers.delete(feed.id);
  }
}
