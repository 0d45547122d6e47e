import { expect, test } from "vitest";
import { notFound } from "#lib/errors";
import { type Encoded, fanOut, type Source } from "#lib/realtime/fan-out";

/** A feed in memory whose sources are counted. */
function feed() {
  const events: Encoded[] = [];
  const state = { sources: 0, open: 0, breaks: 0 };
  let next = Promise.withResolvers<void>();
  const add = (count = 1) => {
    for (let index = 0; index < count; index++) {
      const sequence = events.length + 1;
      events.push({ sequence, bytes: Buffer.from(`event ${sequence}`) });
    }
    next.resolve();
    next = Promise.withResolvers<void>();
  };
  const source: Source = async function* (after, signal) {
    state.sources += 1;
    state.open += 1;
    try {
      for (let seen = after; !signal.aborted; ) {
        const event = events[seen];
        if (event && state.breaks > 0) {
          state.breaks -= 1;
          throw new Error("The connection broke.");
        }
        if (event) {
          seen = event.sequence;
          yield event;
          continue;
        }
        const gone = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
        await Promise.race([next.promise, gone]);
      }
    } finally {
      state.open -= 1;
    }
  };
  return { add, source, state };
}

function reader(after: number) {
  const seen: number[] = [];
  const failures: unknown[] = [];
  return {
    seen,
    failures,
    after,
    deliver: (events: Encoded[]) => void seen.push(...events.map(({ sequence }) => sequence)),
    failed: (error: unknown) => void failures.push(error),
  };
}
const upTo = (count: number, from = 1) => Array.from({ length: count - from + 1 }, (_, index) => from + index);

test("many readers share one source; each gets every event after its number once and in order", async () => {
  const { add, source, state } = feed();
  const readers = Array.from({ length: 250 }, () => reader(0));
  const leaves = readers.map((one) => fanOut("shared", source, one));
  add(3);
  await expect.poll(() => readers.every(({ seen }) => seen.length === 3)).toBe(true);
  const late = reader(1);
  leaves.push(fanOut("shared", source, late));
  const live = reader(3);
  leaves.push(fanOut("shared", source, live));
  for (let round = 0; round < 50; round++) {
    add(2);
    if (round % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await expect.poll(() => [...readers, late, live].every(({ seen }) => seen.at(-1) === 103)).toBe(true);
  for (const { seen } of readers) expect(seen).toEqual(upTo(103));
  expect(late.seen).toEqual(upTo(103, 2));
  expect(live.seen).toEqual(upTo(103, 4));
  expect(state.sources).toBe(1);
  for (const leave of leaves) leave();
  add();
  await expect.poll(() => state.open).toBe(0);
});

test("a reader from further back than what is remembered catches up alone, then shares", async () => {
  const { add, source, state } = feed();
  const first = reader(0);
  const leaveFirst = fanOut("back", source, first);
  add(5_000);
  await expect.poll(() => first.seen.length).toBe(5_000);
  const back = reader(10);
  const leaveBack = fanOut("back", source, back);
  await expect.poll(() => back.seen.at(-1)).toBe(5_000);
  add(5);
  await expect.poll(() => back.seen.at(-1)).toBe(5_005);
  expect(back.seen).toEqual(upTo(5_005, 11));
  expect(state.open).toBe(1);
  leaveFirst();
  leaveBack();
});

test("a source that breaks is opened again where it broke off; one whose feed is gone fails its readers", async () => {
  const { add, source, state } = feed();
  const one = reader(0);
  const leave = fanOut("broken", source, one);
  add(2);
  await expect.poll(() => one.seen).toEqual([1, 2]);
  state.breaks = 1;
  add(2);
  await expect.poll(() => one.seen, { timeout: 5_000 }).toEqual([1, 2, 3, 4]);
  leave();

  const lost = reader(0);
  const none: Source = () => {
    throw notFound("Session");
  };
  fanOut("none", none, lost);
  await expect.poll(() => lost.failures).toMatchObject([{ code: "not_found" }]);
});
