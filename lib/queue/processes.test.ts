import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { randomText } from "#lib/id";
import { closeQueue } from "#lib/queue/boss";
import { drainQueue } from "#lib/queue/drain";
import { enqueue } from "#lib/queue/enqueue";
import { createJournal, journalQueue, readJournal } from "#lib/testing/queue-fixture";

const root = join(import.meta.dirname, "../..");
const newName = () => `test.${randomText(12)}`;
const keysIn = async (name: string) => (await readJournal(name)).map(({ key }) => key);
const children: ChildProcess[] = [];

beforeAll(createJournal);
afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill("SIGKILL");
  await closeQueue();
});

async function workElsewhere(name: string): Promise<ChildProcess> {
  const env = { PATH: "/usr/bin:/bin", HOME: "/tmp", ...inject("environment"), NODE_ENV: "test" as const };
  const child = spawn(process.execPath, [join(root, "lib/testing/queue-process.ts"), name], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  await once(child, "message");
  return child;
}

test("two worker processes share 200 jobs and never run one twice", { timeout: 60_000 }, async () => {
  const name = newName();
  const queue = journalQueue(name);
  const both = await Promise.all([workElsewhere(name), workElsewhere(name)]);
  const keys = Array.from({ length: 200 }, (_, index) => `job ${index}`);
  await systemTransaction((tx) =>
    enqueue(
      tx,
      queue,
      keys.map((key) => ({ key, ms: 5 })),
    ),
  );
  const ended = async () => (await readJournal(name)).filter(({ endedAt }) => endedAt).length;
  await expect.poll(ended, { timeout: 30_000 }).toBe(200);
  const entries = await readJournal(name);
  expect(entries.map(({ key }) => key).sort()).toEqual([...keys].sort());
  expect(new Set(entries.map(({ process }) => process)).size).toBe(2);
  for (const child of both) child.kill("SIGTERM");
  await Promise.all(both.map((child) => once(child, "exit")));
});

test("kill -9 in the middle of a job: another worker runs it once the heartbeat is missed", {
  timeout: 60_000,
}, async () => {
  const name = newName();
  const queue = journalQueue(name, { retryDelaySeconds: 0 });
  const doomed = await workElsewhere(name);
  await systemTransaction((tx) => enqueue(tx, queue, [{ key: "interrupted", ms: 2_000 }]));
  await expect.poll(() => keysIn(name)).toEqual(["interrupted"]);
  doomed.kill("SIGKILL");
  await once(doomed, "exit");
  expect(await drainQueue(queue)).toEqual({ completed: 0, failed: 0 });
  // Half a minute of silence and the pause between two looks go by.
  await system.run(sql`
    update pgboss.job set heartbeat_on = heartbeat_on - interval '31 seconds' where name = ${name} and state = 'active'`);
  await system.run(sql`update pgboss.queue set monitor_on = null where name = ${name}`);
  const completed = async () => (await drainQueue(queue)).completed;
  await expect.poll(completed, { timeout: 20_000 }).toBe(1);
  const entries = await readJournal(name);
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatchObject({ key: "interrupted", process: doomed.pid, endedAt: null });
  expect(entries[1]).toMatchObject({ key: "interrupted", process: process.pid, endedAt: expect.any(String) });
});
