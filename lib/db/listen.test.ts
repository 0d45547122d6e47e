import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { cached } from "#lib/auth/cache";
import { closeListener, isListening, listen, startListening } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";

const notify = (channel: string, payload: string) => system.run(sql`select pg_notify(${channel}, ${payload})`);
const within = { timeout: 10_000 };

function follow(channel: string) {
  const seen = { payloads: [] as string[], resets: 0 };
  listen(channel, {
    notify: (payload) => seen.payloads.push(payload),
    reset: () => {
      seen.resets += 1;
    },
  });
  return seen;
}

/** Ends the connection whose last statement was to listen on `channel`: other tests have theirs on the same server. */
async function terminateListener(channel: string): Promise<number> {
  return system.run(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'baton listen' and query like ${`%${channel}%`}`);
}

test("notifications arrive; after the server ends the connection it comes back, and what depends on it starts afresh", async () => {
  const early = follow(`test_${randomUUID()}`);
  await expect.poll(isListening, within).toBe(true);
  await expect.poll(() => early.resets, within).toBeGreaterThan(0);
  const channel = `test_${randomUUID()}`;
  const seen = follow(channel);
  await expect.poll(() => seen.resets, within).toBe(1);
  await notify(channel, "one");
  await expect.poll(() => seen.payloads, within).toEqual(["one"]);

  let loads = 0;
  const key = randomUUID();
  const load = async () => {
    loads += 1;
    return { loads };
  };
  const read = () => cached("key", key, load, () => key);
  // The cache's own channel is still being opened at first, and opening it empties the cache.
  await expect
    .poll(async () => {
      const before = loads;
      await read();
      return loads - before;
    }, within)
    .toBe(0);
  const kept = loads;
  await read();
  expect(loads).toBe(kept);

  const last = `test_${randomUUID()}`;
  const final = follow(last);
  await expect.poll(() => final.resets, within).toBe(1);
  const resets = seen.resets;
  expect(await terminateListener(last)).toBe(1);
  await expect.poll(() => seen.resets, within).toBeGreaterThan(resets);
  await read();
  expect(loads).toBeGreaterThan(kept);
  await expect.poll(isListening, within).toBe(true);
  await notify(channel, "two");
  await expect.poll(() => seen.payloads, within).toEqual(["one", "two"]);
});

test("a listener that was closed comes back when asked for, with every channel it had", async () => {
  const channel = `test_${randomUUID()}`;
  const seen = follow(channel);
  await expect.poll(() => seen.resets, within).toBe(1);
  await closeListener();
  expect(isListening()).toBe(false);
  await notify(channel, "missed");

  expect(await startListening()).toBe(true);
  expect(seen.resets).toBe(2);
  await notify(channel, "heard");
  await expect.poll(() => seen.payloads, within).toEqual(["heard"]);
});
