import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { getSessionAnalytics, getUserAnalytics } from "#lib/orchestration/analytics";
import { getModelDocument } from "#lib/orchestration/models";
import { createSession } from "#lib/orchestration/service";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import type { Row } from "./table.ts";

const stepsTotal = 100_000;
const stepsOfRun = 10;
const userId = "user-1";

/** A session with 100,000 steps of 10,000 orchestrations in 1,000 threads, and their sums by model. */
async function fill(organizationId: string, sessionId: string): Promise<void> {
  const runs = stepsTotal / stepsOfRun;
  const oid = (prefix: string) => sql`${prefix} || lpad(to_hex(n), 20, '0')`;
  const runId = sql`('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  await systemTransaction(async (tx) => {
    await tx.run(sql`
      insert into orchestration_threads (id, organization_id, session_id, original_prompt, domain, status, best_score)
      select ${oid("aaaa")}, ${organizationId}, ${sessionId}, 'Why?', 'general', 'completed', 7
      from generate_series(0, 999) as n`);
    await tx.run(sql`
      insert into runs (id, organization_id, kind, strategy, status, request_id, completed_at)
      select ${runId}, ${organizationId}, 'orchestration', 'refine', 'completed', 'req_bench', now()
      from generate_series(0, ${runs - 1}::int) as n`);
    await tx.run(sql`
      insert into orchestrations (id, organization_id, session_id, thread_id, run_id, user_id, max_iterations,
        preferred_models, threshold, candidates, iterations, outcome)
      select ${oid("bbbb")}, ${organizationId}, ${sessionId}, 'aaaa' || lpad(to_hex(n % 1000), 20, '0'), ${runId},
        ${userId}, 5, '{}', 8, 1, 5, case when n % 20 = 0 then 'failed' else 'completed' end
      from generate_series(0, ${runs - 1}::int) as n`);
    await tx.run(sql`
      insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, output, input_tokens,
        output_tokens, cost_micros, listed_micros, latency_ms)
      select gen_random_uuid(), ${organizationId}, ('00000000-0000-7000-8000-' || lpad(to_hex(n / 10), 12, '0'))::uuid, n % 10,
        (array['generate', 'evaluate'])[n % 2 + 1], 'completed', (array['gpt4', 'codex', 'claude'])[n % 3 + 1], 'openai',
        repeat('word ', 100), 200, 300, 15000, 15000, 900
      from generate_series(0, ${stepsTotal - 1}::int) as n`);
    await tx.run(sql`
      insert into orchestration_models (session_id, model, organization_id, user_id, calls, tokens, micros, scored, score_sum)
      select ${sessionId}, model, ${organizationId}, ${userId}, count(*), sum(input_tokens + output_tokens),
        sum(listed_micros), count(*) / 2, count(*) * 3.5
      from run_steps where organization_id = ${organizationId} group by model`);
  });
  for (const table of [sql`run_steps`, sql`orchestrations`]) await system.run(sql`vacuum analyze ${table}`);
}

/** Median of 7 calls in milliseconds. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[3] ?? Number.NaN;
}

/** The analytics of a session and of a user with 100,000 steps behind them. */
export async function measureOrchestration(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment({ ...platform.environment, LOG_LEVEL: "warn" });
  const { ctx, organizationId } = await createOrganization();
  const settings = { preferred_models: [], cost_limit: null };
  const { _id } = await createSession(ctx, { user_id: userId, max_iterations: 5, settings });
  await fill(organizationId, _id);
  const views = {
    "X12 analytics of a session with 100,000 steps": () => getSessionAnalytics(ctx, _id),
    "X13 analytics of a user with 100,000 steps": () => getUserAnalytics(ctx, userId),
    "X11 a model with 33,000 steps": () => getModelDocument(ctx, "gpt4"),
  };
  const rows: Row[] = [];
  for (const [path, work] of Object.entries(views)) {
    const measured = `${(await median(work)).toFixed(1)} ms`;
    rows.push({ path, measured, baseline: "", ratio: "", goal: "< 100 ms" });
  }
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  return rows;
}
