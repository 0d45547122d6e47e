import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

/** One event with its number, as it goes out: encoded once for all readers. */
export type Encoded = { sequence: number; bytes: Buffer };

/** Numbered events after a number, each once and in order, until the signal aborts. */
export type Source = (after: number, signal: AbortSignal) => AsyncGenerator<Encoded, unknown>;

/** Somebody in this process who reads a feed from a number on. */
export type Reader = {
  after: number;
  deliver(events: Encoded[]): void;
  /** The feed cannot be followed any further. */
  failed(error: unknown): void;
};

type Joined = Reader & { hasLeft: AbortController };
type Hub = {
  readers: Set<Joined>;
  /** The last events, for readers that come a little later; complete after `coveredAfter`. */
  recent: Encoded[];
  coveredAfter: number;
  position: number;
  waiting: Encoded[];
  isDelivering: boolean;
  end: AbortController;
};

const recentMax = 1_000;
const waitingMax = 5_000;
const retryMs = 1_000;
/** So many readers are served before others get a turn of the event loop. */
const readersPerTurn = 100;

const hubs = singleton("realtime.fan-out", () => new Map<string, Hub>());

/** Gives a reader what it has not seen of these events. */
function give(reader: Joined, events: Encoded[]): void {
  const first = events[0]?.sequence ?? 0;
  const fresh = first > reader.after ? events : events.filter(({ sequence }) => sequence > reader.after);
  const last = fresh.at(-1);
  if (!last || reader.hasLeft.signal.aborted) return;
  reader.after = last.sequence;
  reader.deliver(fresh);
}

/** Hands out what waits; what comes meanwhile goes along, so that a busy process sends fewer, larger parts. */
async function deliver(hub: Hub): Promise<void> {
  hub.isDelivering = true;
  // What was read in one go is handed out in one go.
  await nextTurn();
  while (hub.waiting.length > 0) {
    const events = hub.waiting;
    hub.waiting = [];
    let served = 0;
    for (const reader of hub.readers) {
      give(reader, events);
      served += 1;
      if (served % readersPerTurn === 0) await nextTurn();
    }
  }
  hub.isDelivering = false;
}

function remember(hub: Hub, event: Encoded): void {
  hub.position = event.sequence;
  hub.recent.push(event);
  if (hub.recent.length < recentMax * 2) return;
  hub.recent = hub.recent.slice(-recentMax);
  hub.coveredAfter = (hub.recent[0]?.sequence ?? 1) - 1;
}

async function pump(hub: Hub, source: Source): Promise<void> {
  for await (const event of source(hub.position, hub.end.signal)) {
    remember(hub, event);
    hub.waiting.push(event);
    if (!hub.isDelivering) void deliver(hub);
    while (hub.waiting.length > waitingMax) await nextTurn();
  }
}

/** Follows the feed as long as somebody reads. A failure that may pass is tried again from where it broke off. */
async function run(key: string, hub: Hub, source: Source): Promise<void> {
  while (!hub.end.signal.aborted) {
    try {
      await pump(hub, source);
    } catch (error) {
      if (hub.end.signal.aborted) return;
      if (error instanceof AppError && error.code === "not_found") {
        hubs.delete(key);
        for (const reader of hub.readers) reader.failed(error);
        return;
      }
      log.warn({ err: error, feed: key }, "a feed broke off, following it again");
    }
    await sleep(retryMs, undefined, { signal: hub.end.signal }).catch(() => undefined);
  }
}

function open(key: string, source: Source, after: number): Hub {
  const end = new AbortController();
  const fresh = { readers: new Set<Joined>(), recent: [], waiting: [], isDelivering: false, end };
  const hub: Hub = { ...fresh, coveredAfter: after, position: after };
  hubs.set(key, hub);
  void run(key, hub, source);
  return hub;
}

function leave(key: string, hub: Hub, reader: Joined): void {
  hub.readers.delete(reader);
  if (hub.readers.size > 0) return;
  hub.end.abort();
  if (hubs.get(key) === hub) hubs.delete(key);
}

/** Reads alone up to where the others' memory begins. */
async function catchUp(reader: Joined, source: Source, until: number): Promise<void> {
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, reader.hasLeft.signal]);
  try {
    for await (const event of source(reader.after, signal)) {
      give(reader, [event]);
      if (event.sequence >= until) return;
    }
  } finally {
    done.abort();
  }
}

async function attach(key: string, source: Source, reader: Joined): Promise<void> {
  const { signal } = reader.hasLeft;
  while (!signal.aborted) {
    const hub = hubs.get(key) ?? open(key, source, reader.after);
    if (reader.after < hub.coveredAfter) {
      await catchUp(reader, source, hub.coveredAfter);
      continue;
    }
    give(reader, hub.recent);
    hub.readers.add(reader);
    signal.addEventListener("abort", () => leave(key, hub, reader), { once: true });
    return;
  }
}

/**
 * Follows a feed with one source for all readers of this process: each event is read and encoded once however many read.
 * Each reader gets every event after its number once and in order. Answers how to leave.
 */
export function fanOut(key: string, source: Source, reader: Reader): () => void {
  const joined: Joined = { ...reader, hasLeft: new AbortController() };
  attach(key, source, joined).catch((error: unknown) => {
    if (!joined.hasLeft.signal.aborted) reader.failed(error);
  });
  return () => joined.hasLeft.abort();
}
