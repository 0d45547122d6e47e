import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ada, authClient, platformFixture, query } from "./platform-fixture.ts";
import { isAlive, waitUntil } from "./process.ts";

let fixture: ReturnType<typeof platformFixture>;

beforeEach(() => {
  fixture = platformFixture();
});

afterEach(() => fixture.close());

test("a second start on a live folder is refused and says who holds it", async () => {
  const holder = await fixture.startHolder();

  await expect(fixture.start()).rejects.toThrow(`already running on ${fixture.dataDir} (process ${holder.pid}`);
  await expect(fixture.start()).rejects.toThrow(`kill ${holder.pid}`);
  expect(isAlive(fixture.processes().postgres.pid)).toBe(true);
});

test("after kill -9 the next start adopts the database with its data, and stops it in the end", async () => {
  const holder = await fixture.startHolder();
  const before = fixture.processes();
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(await waitUntil(() => !isAlive(before.auth.pid), 5_000)).toBe(true);

  const startedAt = Date.now();
  const platform = await fixture.start();

  expect(Date.now() - startedAt).toBeLessThan(5_000);
  expect(fixture.processes().postgres.pid).toBe(before.postgres.pid);
  const { data, error } = await authClient(platform).signUp(ada);
  expect(error).toBeNull();
  expect(data.session).not.toBeNull();
  await platform.stop();
  expect(isAlive(before.postgres.pid)).toBe(false);
  expect(existsSync(join(fixture.dataDir, "lock"))).toBe(false);
});

test("an app that exits without stopping its platform still closes the database and gives up the lock", async () => {
  const holder = await fixture.startHolder();
  const { postgres, auth } = fixture.processes();

  holder.kill("SIGTERM");

  expect(await waitUntil(() => !isAlive(postgres.pid) && !isAlive(auth.pid), 10_000)).toBe(true);
  expect(existsSync(join(fixture.dataDir, "lock"))).toBe(false);
});

test("data survives when app and database are killed at once", async () => {
  const first = await fixture.start();
  await query(first.databaseUrl, "create table notes (body text); insert into notes values ('kept')");
  await first.stop();
  const holder = await fixture.startHolder();
  const { postgres } = fixture.processes();
  holder.kill("SIGKILL");
  process.kill(postgres.pid, "SIGKILL");
  await once(holder, "exit");

  const second = await fixture.start();

  expect(await query(second.databaseUrl, "select body from notes")).toEqual([{ body: "kept" }]);
});

test("locks left by processes that are gone do not stop a start, even when their pid lives again", async () => {
  await (await fixture.start()).stop();
  const gone = { pid: process.pid, processStart: "another life", takenAt: "2026-01-01T00:00:00.000Z" };
  writeFileSync(join(fixture.dataDir, "lock"), JSON.stringify(gone));
  const stale = `${process.pid}\n${fixture.dataDir}/postgres\n1767225600\n5432\n\n127.0.0.1\n  1 1\nready   \n`;
  writeFileSync(join(fixture.dataDir, "postgres", "postmaster.pid"), stale);

  await fixture.start();

  expect(JSON.parse(readFileSync(join(fixture.dataDir, "lock"), "utf8"))).not.toMatchObject(gone);
});

test("a crashed auth process and a crashed database come back at the same addresses", async () => {
  const platform = await fixture.start();
  const { auth, postgres } = fixture.processes();

  process.kill(auth.pid, "SIGKILL");
  process.kill(postgres.pid, "SIGKILL");

  const areNew = () => fixture.processes().auth.pid !== auth.pid && fixture.processes().postgres.pid !== postgres.pid;
  expect(await waitUntil(areNew, 15_000)).toBe(true);
  // The process is there before it listens.
  const answers = () => fetch(`${platform.supabaseUrl}/auth/v1/health`).then(Boolean, () => false);
  await expect.poll(answers, { timeout: 15_000 }).toBe(true);
  const { data, error } = await authClient(platform).signUp(ada);
  expect(error).toBeNull();
  expect(data.session).not.toBeNull();
});
