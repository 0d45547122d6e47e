import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { startOrchestration } from "#lib/orchestration/orchestrations";
import { CreateSession, CreateThread, StartOrchestration } from "#lib/orchestration/schema";
import { createSession, createThread } from "#lib/orchestration/service";
import { freePort } from "#server/local/ports";
import { type RunningBaton, startBaton } from "./baton.ts";
import { cpuMsOf, postgresCpuMs } from "./processes.ts";
import { perSecond, type Row, times } from "./table.ts";

const usersOfOrganization = 10;
/** As many as one user may have waiting. */
const runsOfUser = 10;

/** Queues orchestrations of one round, which are two calls of a model: an answer and its judgement. */
async function queueRuns(ctx: Context): Promise<void> {
  const settings = { preferred_models: ["gpt4"], cost_limit: null };
  for (let user = 0; user < usersOfOrganization; user++) {
    const session = await createSession(
      ctx,
      CreateSession.parse({ user_id: `bench-${user}`, max_iterations: 1, settings }),
    );
    const prompt = { session_id: session._id, original_prompt: "Why are there tides?" };
    for (let count = 0; count < runsOfUser; count++) {
      const thread = await createThread(ctx, CreateThread.parse(prompt));
      await startOrchestration(ctx, StartOrchestration.parse({ thread_id: thread._id }));
    }
  }
}

async function countOpen(): Promise<number> {
  const { open } = await system.one<{ open: number }>(sql`
    select count(*)::int as open from runs where status in ('queued', 'running')`);
  return open;
}

const cpuOf = (workers: RunningBaton[]) => ({
  workers: workers.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
  postgres: postgresCpuMs(),
});

/** The same queued orchestrations, carried out by one, two and three worker processes. */
export async function scaleRuns(environment: Record<string, string>, owners: Context[]): Promise<Row[]> {
  const rows: Row[] = [];
  const total = usersOfOrganization * runsOfUser * owners.length;
  let alone = 0;
  for (const size of [1, 2, 3]) {
    await Promise.all(owners.map(queueRuns));
    const workers: RunningBaton[] = [];
    for (let count = 0; count < size; count++) {
      workers.push(await startBaton(await freePort(), { ...environment, BATON_ROLE: "worker" }));
    }
    const before = cpuOf(workers);
    const { startedAt, openAtStart } = { startedAt: performance.now(), openAtStart: await countOpen() };
    while ((await countOpen()) > 0) await sleep(50);
    const elapsedMs = performance.now() - startedAt;
    const after = cpuOf(workers);
    for (const worker of workers) await worker.stop();
    const rate = (openAtStart * 1_000) / elapsedMs;
    alone ||= rate;
    const each = (name: "workers" | "postgres") => ((after[name] - before[name]) / openAtStart).toFixed(1);
    rows.push({
      path: `${total} orchestrations of one round (2 calls), ${size} worker process${size === 1 ? "" : "es"}`,
      measured: `${perSecond(rate)}; CPU of one: ${each("workers")} ms worker, ${each("postgres")} ms PostgreSQL`,
      baseline: perSecond(alone),
      ratio: times(rate / alone),
      goal: "–",
    });
  }
  return rows;
}
