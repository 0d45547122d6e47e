import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, systemTransaction, transaction } from "#lib/db/transaction";
import { randomText } from "#lib/id";
import { closeQueue } from "#lib/queue/boss";
import { drainQueue } from "#lib/queue/drain";
import { enqueue } from "#lib/queue/enqueue";
import type { Queue } from "#lib/queue/queue";
import { startQueues, type Workers } from "#lib/queue/workers";
import { createOrganization } from "#lib/testing/factories";
import { createJournal, journalQueue, readJournal, type Work } from "#lib/testing/queue-fixture";

const newName = () => `test.${randomText(12)}`;
const started: Workers[] = [];

beforeAll(createJournal);
afterAll(async () => {
  await Promise.all(started.map((workers) => workers.stop(1_000)));
  await closeQueue();
});

async function work(queue: Queue<Work>): Promise<Workers> {
  const workers = await startQueues([queue]);
  started.push(workers);
  return workers;
}

const keysIn = async (name: string) => (await readJournal(name)).map(({ key }) => key);
const send = (queue: Queue<Work>, ...keys: string[]) =>
  systemTransaction((tx) =>
    enqueue(
      tx,
      queue,
      keys.map((key) => ({ key, ms: 0 })),
    ),
  );

test("a job of a tenant's transaction is there when it commits, never when it rolls back; the tenant stays a tenant", async () => {
  const queue = journalQueue(newName());
  const { ctx, organizationId } = await createOrganization();
  const role = await transaction(ctx, async (tx) => {
    await enqueue(tx, queue, [{ key: "kept", ms: 0 }]);
    return tx.one<{ role: string; visible: string[] }>(sql`
      select current_user::text as role, (select array_agg(id) from organizations) as visible`);
  });
  expect(role).toEqual({ role: "authenticated", visible: [organizationId] });
  const undone = transaction(ctx, async (tx) => {
    await enqueue(tx, queue, [{ key: "undone", ms: 0 }]);
    throw new Error("changed my mind");
  });
  await expect(undone).rejects.toThrow("changed my mind");
  expect(await drainQueue(queue)).toEqual({ completed: 1, failed: 0 });
  expect(await keysIn(queue.name)).toEqual(["kept"]);
});

test("a tenant has no rights on the queue's tables, and what is no job of the queue is refused", async () => {
  const queue = journalQueue(newName());
  const { ctx } = await createOrganization();
  const reading = transaction(ctx, (tx) => tx.all(sql`select id from pgboss.job`));
  await expect(reading).rejects.toMatchObject({ code: "42501" });
  const wrong = [{ key: 7 }] as unknown as Work[];
  await expect(transaction(ctx, (tx) => enqueue(tx, queue, wrong))).rejects.toThrow("key");
  expect(await drainQueue(queue)).toEqual({ completed: 0, failed: 0 });
});

test("an idle worker starts a job within milliseconds of its commit, not at its next look", async () => {
  const queue = journalQueue(newName());
  await work(queue);
  await send(queue, "warm");
  await expect.poll(() => keysIn(queue.name)).toEqual(["warm"]);
  const delays: number[] = [];
  for (let count = 0; count < 15; count++) {
    const sent = Date.now();
    await send(queue, `job ${count}`);
    await expect.poll(async () => (await readJournal(queue.name)).length, { interval: 5 }).toBe(count + 2);
    delays.push(Date.parse((await readJournal(queue.name))[count + 1]?.startedAt ?? "") - sent);
  }
  delays.sort((a, b) => a - b);
  expect(delays[7]).toBeLessThan(500);
});

test("jobs that are announced while all hands are full are taken as soon as one is free", async () => {
  const queue = journalQueue(newName(), { concurrency: 1 });
  await work(queue);
  await systemTransaction((tx) => enqueue(tx, queue, [{ key: "first", ms: 300 }]));
  await expect.poll(() => keysIn(queue.name)).toEqual(["first"]);
  await send(queue, "second");
  await send(queue, "third");
  const ended = async () => (await readJournal(queue.name)).filter(({ endedAt }) => endedAt).length;
  await expect.poll(ended, { timeout: 10_000 }).toBe(3);
  const [first, second, third] = await readJournal(queue.name);
  expect(Date.parse(second?.startedAt ?? "") - Date.parse(first?.endedAt ?? "")).toBeLessThan(1_000);
  expect(Date.parse(third?.startedAt ?? "") - Date.parse(second?.endedAt ?? "")).toBeLessThan(1_000);
});

test("a failed job runs again, counted, and is given up after its retries", async () => {
  const runs: number[] = [];
  const queue = journalQueue(newName(), {
    retryLimit: 2,
    retryDelaySeconds: 0,
    handler: async (_, { run }) => {
      runs.push(run);
      throw new Error("not today");
    },
  });
  await send(queue, "doomed");
  await expect.poll(() => drainQueue(queue).then(() => runs), { timeout: 15_000 }).toEqual([1, 2, 3]);
  const left = await system.all(sql`select state::text as state, output->>'message' as message from pgboss.job
    where name = ${queue.name}`);
  expect(left).toEqual([{ state: "failed", message: "not today" }]);
});

test("a job that is put off does not start before its time, and one of higher priority goes first", async () => {
  const queue = journalQueue(newName(), { concurrency: 1 });
  await systemTransaction(async (tx) => {
    await enqueue(tx, queue, [{ key: "later", ms: 0 }], { startAfter: new Date(Date.now() + 3_600_000) });
    await enqueue(tx, queue, [{ key: "normal", ms: 0 }]);
    await enqueue(tx, queue, [{ key: "urgent", ms: 0 }], { priority: 5 });
  });
  expect(await drainQueue(queue)).toEqual({ completed: 2, failed: 0 });
  expect(await keysIn(queue.name)).toEqual(["urgent", "normal"]);
});

test("draining stops after its share, and takes no more jobs of a group at a time than may run", async () => {
  const queue = journalQueue(newName());
  await send(queue, "a", "b", "c");
  expect(await drainQueue(queue, { maxJobs: 2 })).toEqual({ completed: 2, failed: 0 });
  expect(await drainQueue(queue, { maxMs: 0 })).toEqual({ completed: 0, failed: 0 });
  const grouped = journalQueue(newName(), { group: { of: () => "x", concurrency: 1 } });
  await systemTransaction((tx) =>
    enqueue(
      tx,
      grouped,
      [1, 2, 3].map((key) => ({ key: `${key}`, ms: 30 })),
    ),
  );
  expect(await drainQueue(grouped)).toEqual({ completed: 3, failed: 0 });
  const entries = await readJournal(grouped.name);
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before) expect(Date.parse(entry.startedAt)).toBeGreaterThanOrEqual(Date.parse(before.endedAt ?? "x"));
  }
});

test("a job that takes longer than it may is aborted and goes back", async () => {
  const reasons: string[] = [];
  const queue = journalQueue(newName(), {
    expireSeconds: 1,
    handler: (_, { signal }) =>
      new Promise((resolve) =>
        signal.addEventListener("abort", () => {
          reasons.push((signal.reason as Error).message);
          resolve();
        }),
      ),
  });
  await send(queue, "slow");
  expect(await drainQueue(queue)).toEqual({ completed: 0, failed: 1 });
  expect(reasons).toEqual(["The job took longer than 1 s."]);
});

test("stopping hands a running job back within the grace; the next worker runs it", async () => {
  const queue = journalQueue(newName(), { retryDelaySeconds: 0 });
  const workers = await work(queue);
  await systemTransaction((tx) => enqueue(tx, queue, [{ key: "long", ms: 60_000 }]));
  await expect.poll(() => keysIn(queue.name)).toEqual(["long"]);
  const asked = Date.now();
  await workers.stop(200);
  expect(Date.now() - asked).toBeLessThan(5_000);
  const quick = journalQueue(queue.name, { retryDelaySeconds: 0, handler: async () => undefined });
  await expect.poll(() => drainQueue(quick), { timeout: 10_000 }).toEqual({ completed: 1, failed: 0 });
});
