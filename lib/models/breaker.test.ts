import { expect, test, vi } from "vitest";
import { Breaker } from "#lib/models/breaker";
import { Places } from "#lib/models/places";
import { backoffMs, isPassing, retryAfterMs } from "#lib/models/retry";

const noon = Date.UTC(2027, 0, 1, 12);

function passing(breaker: Breaker, outcomes: (boolean | undefined)[], now = noon): void {
  for (const outcome of outcomes) breaker.note(outcome, breaker.pass(), now);
}
const times = (count: number, outcome: boolean) => Array.from({ length: count }, () => outcome);

test("five failures in a row open it; a success in between does not let them add up", () => {
  const breaker = new Breaker();
  passing(breaker, [true, true, true, true, false, true, true, true, true]);
  expect(breaker.state(noon)).toBe("closed");
  passing(breaker, [true]);
  expect(breaker.state(noon)).toBe("open");
  expect(breaker.waitMs(noon)).toBe(30_000);
});

test("more than half of twenty calls within a minute open it, not a half, and not those of the minute before", () => {
  const mixed = Array.from({ length: 20 }, (_, index) => index % 2 === 0);
  const half = new Breaker();
  passing(half, mixed);
  expect(half.state(noon)).toBe("closed");
  passing(half, [false, true], noon + 1_000);
  expect(half.state(noon + 1_000)).toBe("closed");
  passing(half, [true], noon + 2_000);
  expect(half.state(noon + 2_000)).toBe("open");
  const old = new Breaker();
  passing(old, mixed);
  passing(old, [true, true], noon + 61_000);
  expect(old.state(noon + 61_000)).toBe("closed");
  expect(old.lastMinute(noon + 61_000)).toEqual({ calls: 2, failures: 2 });
});

test("after 30 s one call at a time tries; its success closes, its failure opens for 30 s more", () => {
  const breaker = new Breaker();
  passing(breaker, times(5, true));
  const later = noon + 30_000;
  expect(breaker.state(later)).toBe("half-open");
  expect(breaker.waitMs(later)).toBe(0);
  const isTrying = breaker.pass();
  expect(isTrying).toBe(true);
  expect(breaker.waitMs(later)).toBeGreaterThan(0);
  breaker.note(true, isTrying, later);
  expect(breaker.waitMs(later)).toBe(30_000);
  const again = later + 30_000;
  breaker.note(undefined, breaker.pass(), again);
  expect(breaker.waitMs(again)).toBe(0);
  breaker.note(false, breaker.pass(), again);
  expect(breaker.state(again)).toBe("closed");
  expect(breaker.lastMinute(again)).toEqual({ calls: 0, failures: 0 });
});

test("a call that began before it opened neither closes it nor ends another's try", () => {
  const breaker = new Breaker();
  const early = breaker.pass();
  passing(breaker, times(5, true));
  breaker.note(false, early, noon + 1_000);
  expect(breaker.state(noon + 1_000)).toBe("open");
  const late = breaker.pass();
  breaker.note(false, early, noon + 31_000);
  expect(breaker.waitMs(noon + 31_000)).toBeGreaterThan(0);
  breaker.note(false, late, noon + 31_000);
  expect(breaker.state(noon + 31_000)).toBe("closed");
});

test("places are given in order; too many waiting, a wait that is too long and an abort are told apart", async () => {
  const limits = { placesMax: 1, queueMax: 2, waitMs: 40 };
  const places = new Places();
  expect(places.tryTake(1)).toBe(true);
  const order: number[] = [];
  const first = places.take({ ...limits, waitMs: 5_000 }, undefined).then((refusal) => {
    order.push(1);
    return refusal;
  });
  const left = new AbortController();
  const second = places.take(limits, left.signal).catch((error: Error) => error.message);
  expect(await places.take(limits, undefined)).toBe("full");
  left.abort(new Error("gone"));
  expect(await second).toBe("gone");
  expect(await places.take(limits, undefined)).toBe("late");
  expect(places.waiting).toBe(1);
  const third = places.take({ ...limits, waitMs: 5_000 }, undefined).then((refusal) => {
    order.push(3);
    return refusal;
  });
  places.leave(1);
  expect(await first).toBeUndefined();
  expect(places.tryTake(1)).toBe(false);
  places.leave(1);
  expect(await third).toBeUndefined();
  expect(order).toEqual([1, 3]);
  places.leave(1);
  expect(places.taken).toBe(0);
});

test("waits double at most, are random within their bound, and never shorter than what was asked for", () => {
  expect([1, 2, 3, 20].map((attempt) => backoffMs(attempt, 0, () => 1))).toEqual([500, 1_000, 2_000, 8_000]);
  expect(backoffMs(3, 1_500, () => 0)).toBe(1_500);
  const random = vi.fn(() => 0.25);
  expect(backoffMs(1, 0, random)).toBe(125);
  expect(retryAfterMs("2")).toBe(2_000);
  expect(retryAfterMs(["0.5"])).toBe(500);
  expect(retryAfterMs("Fri, 01 Jan 2027 12:00:03 GMT", noon)).toBe(3_000);
  expect(retryAfterMs("Fri, 01 Jan 2027 11:00:00 GMT", noon)).toBe(0);
  for (const none of [undefined, null, "", "soon", "-1"]) expect(retryAfterMs(none), String(none)).toBeUndefined();
  expect([400, 401, 404, 408, 429, 500, 529].filter(isPassing)).toEqual([408, 429, 500, 529]);
});
