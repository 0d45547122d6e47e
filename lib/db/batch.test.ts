import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { batch } from "#lib/db/batch";

test("items that arrive together or while a statement is in flight share one, at most 500 each, answered in order", async () => {
  const sizes: number[] = [];
  const doubled = batch<number, number>("test.sizes", async (items) => {
    sizes.push(items.length);
    await sleep(5);
    return items.map((item) => item * 2);
  });
  const answers = await Promise.all(Array.from({ length: 1_200 }, (_, index) => doubled.submit(index)));
  expect(answers).toEqual(Array.from({ length: 1_200 }, (_, index) => index * 2));
  expect(sizes).toEqual([500, 500, 200]);
});

test("an item handed over in the very moment a statement is answered is not forgotten", async () => {
  const echo = batch<number, number>("test.moment", async (items) => items);
  for (let index = 0; index < 1_000; index++) expect(await echo.submit(index)).toBe(index);
});

test("one item that the database refuses fails alone; a lost connection fails all and repeats nothing", async () => {
  let runs = 0;
  const picky = batch<string, string>("test.picky", async (items) => {
    runs += 1;
    await sleep(1);
    if (items.includes("lost")) throw new Error("Connection terminated");
    if (items.includes("bad")) throw new DatabaseError("refused", 7, "error");
    return items;
  });
  const first = await Promise.allSettled(["a", "b", "bad", "c"].map((item) => picky.submit(item)));
  expect(first.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  runs = 0;
  const second = await Promise.allSettled(["a", "b", "lost", "c"].map((item) => picky.submit(item)));
  expect(second.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  expect(runs).toBe(1);
});

test("flush waits for everything that was handed over", async () => {
  const stored: number[] = [];
  const slow = batch<number, undefined>("test.flush", async (items) => {
    await sleep(5);
    stored.push(...items);
    return [];
  });
  const answers = [1, 2, 3].map((item) => slow.submit(item));
  await slow.flush();
  expect(stored).toEqual([1, 2, 3]);
  await Promise.all(answers);
});
