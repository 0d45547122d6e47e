import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Context } from "#lib/context";
import { systemContext } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, tenant, transaction } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { startQueues } from "#lib/queue/workers";
import { cancelRun } from "#lib/runs/cancel";
import { claimRun } from "#lib/runs/claim-queries";
import { endRun, getRun, recordStep } from "#lib/runs/service";
import { enqueueRun, priorities, recoverRuns, runQueue } from "#lib/runs/worker";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import type { FakeOpenAI } from "#lib/testing/fake-openai";
import {
  fakeForEach,
  judges,
  roundsOf,
  runOf,
  says,
  start,
  statusOf,
  toldBy,
  workOff,
} from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";

const environment = await ownDatabase();
const program = join(import.meta.dirname, "../testing/run-process.ts");
let fake: FakeOpenAI;
fakeForEach((started) => {
  fake = started;
});

const passLease = (runId: string) =>
  system.run(sql`update runs set lease_expires_at = now() - interval '1 second' where id = ${runId}`);
const stepsOf = async (ctx: Context, runId: string) =>
  (await getRun(ctx, runId)).steps.map(({ position, name, status }) => `${position} ${name} ${status}`);

/** A worker process takes what waits and is killed once the provider was asked so often. */
async function killAfter(calls: number): Promise<void> {
  const provider = { OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url };
  const child = fork(program, [], {
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "test", ...environment, ...provider },
    execArgv: [],
  });
  const ended = once(child, "exit");
  await vi.waitFor(() => expect(fake.received.length).toBeGreaterThanOrEqual(calls), { timeout: 15_000 });
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
}

test.each([1, 2, 3, 4, 5, 6])(
  "X8 a worker killed in its call %i: the next one goes on there, no step is paid twice and nothing is told twice",
  async (killed) => {
    const { apiKey, ctx, organizationId } = await createOrganization();
    fake.script(...roundsOf(5, 7, 9).slice(0, killed - 1), { type: "silence" });
    const { id, sessionId } = await start(apiKey);
    const runId = await runOf(id);

    await killAfter(killed);

    expect(await statusOf(apiKey, id)).toMatchObject({ status: "running" });
    expect(await recoverRuns(), "the lease holds").toBe(0);
    await passLease(runId);
    expect(await recoverRuns()).toBe(1);
    fake.script(...roundsOf(5, 7, 9).slice(killed - 1));
    await workOff();

    expect(await statusOf(apiKey, id)).toMatchObject({
      status: "completed",
      iterations: 3,
      final_response: "answer 3",
    });
    expect(fake.received, "only the call that was cut is made again").toHaveLength(7);
    const names = ["generate", "evaluate", "generate", "evaluate", "generate", "evaluate"];
    expect(await stepsOf(ctx, runId)).toEqual(names.map((name, position) => `${position} ${name} completed`));
    const round = ["model_selected", "response_generated", "evaluation_completed"];
    const told = (await toldBy(ctx, runId)).map(({ type }) => type);
    expect(told).toEqual(["orchestration_started", ...round, ...round, ...round, "orchestration_completed"]);
    const { body: session } = await send(`GET /api/sessions/${sessionId}`, { apiKey });
    expect(session.total_cost).toBeCloseTo(3 * (0.00054 + 0.000036), 9);
    const usage = await system.all(sql`
      select 1 from usage_events where organization_id = ${organizationId} and type = 'invocation'`);
    expect(usage).toHaveLength(1);
  },
);

test("what a late worker writes is void", async () => {
  const { apiKey, ctx } = await createOrganization();
  const { id } = await start(apiKey);
  const runId = await runOf(id);
  const late = await claimRun(system, ctx, runId);
  await passLease(runId);
  const next = await claimRun(system, ctx, runId);
  expect([late?.fence, next?.fence]).toEqual([1, 2]);
  expect(await claimRun(system, ctx, runId), "it is held").toBeUndefined();

  const [step] = (await getRun(ctx, runId)).steps;
  expect(step).toBeUndefined();
  const written = {
    name: "generate" as const,
    status: "completed" as const,
    ...{ model: "gpt4", provider: "openai", output: "late", score: null, feedback: null, errorCode: null },
    ...{ errorMessage: null, simulated: false, inputTokens: 1, outputTokens: 1, costMicros: 60, latencyMs: 1 },
  };
  const writing = (fence = 0) => recordStep(ctx, runId, written, null, { fence, position: 0 });
  await expect(writing(late?.fence)).rejects.toMatchObject({ reason: "RUN_ENDED" });
  const end = { status: "completed", output: "late", score: null, model: null } as const;
  expect(await transaction(ctx, (tx) => endRun(tx, ctx, runId, end, late?.fence))).toBe(false);
  await writing(next?.fence);
  await expect(writing(late?.fence), "where the next one has written").rejects.toMatchObject({ reason: "RUN_ENDED" });
  await expect(writing(next?.fence), "a position is taken once").rejects.toMatchObject({ code: "23505" });
  expect((await getRun(ctx, runId)).steps).toHaveLength(1);
  await cancelRun(ctx, runId);
});

test("a worker that is told to stop hands its run back, and the next one goes on", async () => {
  const { apiKey, ctx } = await createOrganization();
  fake.script(...roundsOf(5), { type: "silence" });
  const workers = await startQueues([runQueue]);
  const { id } = await start(apiKey);
  await vi.waitFor(() => expect(fake.received).toHaveLength(3), { timeout: 5_000 });
  await workers.stop(0);
  const runId = await runOf(id);
  await vi.waitFor(async () => expect((await getRun(ctx, runId)).status).toBe("queued"));
  expect(await getRun(ctx, runId)).toMatchObject({ attempts: 0 });

  fake.script(says("answer 2"), judges(9));
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed", iterations: 2 });
  expect(fake.received).toHaveLength(5);
});

test("a run that took five workers with it is failed, with all that its kind does about it", async () => {
  const { apiKey, ctx } = await createOrganization();
  const { id } = await start(apiKey);
  const runId = await runOf(id);
  const asker = systemContext(ctx.organizationId);
  for (let attempt = 1; attempt <= 5; attempt++) {
    expect((await claimRun(tenant(asker), asker, runId))?.attempts).toBe(attempt);
    await passLease(runId);
    if (attempt < 5) await recoverRuns();
  }
  await recoverRuns();
  expect(await statusOf(apiKey, id)).toMatchObject({
    status: "failed",
    stop_reason: "error",
    error: expect.stringContaining("5 times"),
  });
});

test("a queued run whose job was lost gets another", async () => {
  const { apiKey } = await createOrganization();
  fake.script(...roundsOf(9));
  const { id } = await start(apiKey);
  const runId = await runOf(id);
  await system.run(sql`delete from pgboss.job where name = 'runs.execute' and data ->> 'runId' = ${runId}`);
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "queued" });
  await passLease(runId);
  expect(await recoverRuns()).toBe(1);
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed" });
});

test("a run whose time is over makes no further call: it fails, or keeps the best that it has", async () => {
  const { apiKey } = await createOrganization();
  const { id } = await start(apiKey);
  await system.run(sql`update runs set deadline_at = now() where id = ${await runOf(id)}`);
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "failed", stop_reason: "error", iterations: 0 });
  expect(fake.received).toHaveLength(0);

  fake.script(...roundsOf(5), { type: "silence" });
  const second = await start(apiKey);
  const runId = await runOf(second.id);
  await system.run(sql`update runs set deadline_at = now() + interval '700 milliseconds' where id = ${runId}`);
  await workOff();
  expect(await statusOf(apiKey, second.id)).toMatchObject({
    status: "completed",
    stop_reason: null,
    iterations: 1,
    final_response: "answer 1",
  });
});

test("a run's priority is its job's", async () => {
  const { ctx, organizationId } = await createOrganization();
  const ids = { low: uuidv7(), high: uuidv7() };
  const run = { kind: "orchestration", strategy: "refine", model: null, input: null } as const;
  for (const [name, id] of Object.entries(ids))
    await transaction(ctx, (tx) =>
      enqueueRun(tx, ctx, id, { ...run, priority: priorities[name as keyof typeof priorities] }),
    );
  const jobs = await system.all(sql`
    select data ->> 'runId' as id, priority from pgboss.job
    where name = 'runs.execute' and data ->> 'organizationId' = ${organizationId} order by priority desc`);
  expect(jobs).toEqual([
    { id: ids.high, priority: 10 },
    { id: ids.low, priority: -10 },
  ]);
  for (const id of Object.values(ids)) {
    await system.run(sql`delete from runs where id = ${id}`);
  }
});
