import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { type Allowance, consume, deleteOldWindows } from "#lib/limits/window";

const hour = { limit: 100, windowSeconds: 3600 };
/** In the middle of an hour, so that no window ends during a test. */
const noon = Date.parse("2027-03-01T12:30:00Z");

const many = (name: string, calls: number, limit = hour, now = noon) =>
  Promise.all(Array.from({ length: calls }, () => consume(name, limit, 1, now)));

test("in one process exactly 100 of 150 concurrent calls pass and the remainder counts down one by one", async () => {
  const answers = await many(randomUUID(), 150);
  const allowed = answers.filter((answer) => answer.allowed);
  expect(allowed).toHaveLength(100);
  const remaining = allowed.map((answer) => answer.remaining).sort((a, b) => b - a);
  expect(remaining).toEqual(Array.from({ length: 100 }, (_, index) => 99 - index));
  const refused = answers.filter((answer) => !answer.allowed);
  expect(new Set(refused.map((answer) => answer.remaining))).toEqual(new Set([0]));
  expect(new Set(answers.map((answer) => answer.resetSeconds))).toEqual(
    new Set([Date.parse("2027-03-01T13:00:00Z") / 1_000]),
  );
});

test("a large limit is leased in parts and is exact too", async () => {
  const name = randomUUID();
  const large = { limit: 1_050, windowSeconds: 60 };
  const answers = await many(name, 1_100, large);
  expect(answers.filter((answer) => answer.allowed)).toHaveLength(1_050);
  const { used } = await system.one<{ used: number }>(sql`select used from rate_limits where bucket = ${`${name}:60`}`);
  expect(used).toBe(1_050);
});

test("windows are aligned to the clock; the next one starts full", async () => {
  const name = randomUUID();
  const small = { limit: 3, windowSeconds: 60 };
  const at = Date.parse("2027-03-01T12:30:59.999Z");
  const answers: Allowance[] = [];
  for (let call = 0; call < 4; call++) answers.push(await consume(name, small, 1, at));
  expect(answers.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
    [true, 2],
    [true, 1],
    [true, 0],
    [false, 0],
  ]);
  expect(answers[0]?.resetSeconds).toBe(Date.parse("2027-03-01T12:31:00Z") / 1_000);
  const next = await consume(name, small, 1, at + 1);
  expect(next).toEqual({
    allowed: true,
    limit: 3,
    remaining: 2,
    resetSeconds: Date.parse("2027-03-01T12:32:00Z") / 1_000,
  });
});

test("a call that costs more than is left is refused and takes nothing from the smaller ones", async () => {
  const name = randomUUID();
  const ten = { limit: 10, windowSeconds: 3600 };
  expect(await consume(name, ten, 8, noon)).toMatchObject({ allowed: true, remaining: 2 });
  expect(await consume(name, ten, 3, noon)).toMatchObject({ allowed: false, remaining: 2 });
  expect(await consume(name, ten, 11, noon)).toMatchObject({ allowed: false });
  expect(await consume(name, ten, 2, noon)).toMatchObject({ allowed: true, remaining: 0 });
  expect(await consume(name, ten, 1, noon)).toMatchObject({ allowed: false, remaining: 0 });
});

test("what a process leased ahead counts towards a call that costs more", async () => {
  const name = randomUUID();
  const thousand = { limit: 1_000, windowSeconds: 3600 };
  expect(await consume(name, thousand, 985, noon)).toMatchObject({ allowed: true, remaining: 15 });
  expect(await consume(name, thousand, 1, noon)).toMatchObject({ allowed: true, remaining: 14 });
  expect(await consume(name, thousand, 14, noon)).toMatchObject({ allowed: true, remaining: 0 });
});

test("buckets do not touch each other", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  await many(one, 100);
  expect(await consume(one, hour, 1, noon)).toMatchObject({ allowed: false });
  expect(await consume(other, hour, 1, noon)).toMatchObject({ allowed: true, remaining: 99 });
});

test("several processes together never exceed the limit, and use it up", async () => {
  const name = randomUUID();
  const program = join(import.meta.dirname, "../testing/consume-process.ts");
  const children = Array.from({ length: 3 }, () =>
    fork(program, [name, "200", "300", String(noon)], {
      env: { PATH: "/usr/bin:/bin", NODE_ENV: "test", ...inject("environment") },
      execArgv: [],
    }),
  );
  const allowed = await Promise.all(
    children.map(async (child) => {
      const [message] = await once(child, "message");
      return Number(message);
    }),
  );
  // Each process may sit on a lease of a hundredth that it did not use.
  const total = allowed.reduce((sum, count) => sum + count, 0);
  expect(total).toBeLessThanOrEqual(200);
  expect(total).toBeGreaterThanOrEqual(200 - children.length * 2);
});

test("windows that ended over a day ago are removed, others stay", async () => {
  const name = randomUUID();
  await consume(name, hour, 1, Date.now() - 26 * 3600 * 1_000);
  await consume(name, hour, 1, Date.now());
  await deleteOldWindows();
  const { left } = await system.one<{ left: number }>(
    sql`select count(*) as left from rate_limits where bucket = ${`${name}:3600`}`,
  );
  expect(left).toBe(1);
});
