import { listAgents } from "#lib/agents/list";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import type { Row } from "./table.ts";

const agents = 100_000;
const rounds = 60;
const goalMs = 100;

const insertAgents = (organizationId: string) =>
  system.run(sql`
    with numbered as (select gen_random_uuid() as id, n from generate_series(1, ${agents}::int) as n), run as (
      insert into runs (id, organization_id, kind, strategy, status, model, cost_micros, request_id)
      select id, ${organizationId}::uuid, 'agent', 'single', 'completed', 'k2p5', 0, 'req_bench' from numbered
    )
    insert into agents (run_id, organization_id, agent_id, status, model, task, priority, timeout_seconds, owner,
      estimated_micros, actual_micros, budget_day, created_at)
    select id, ${organizationId}::uuid, 'subagent_' || (1770000000 + n / 1000) || '_' || lpad((n % 1000)::text, 4, '0'),
      (array['completed', 'completed', 'completed', 'failed', 'cancelled'])[1 + n % 5],
      (array['k2p5', 'k2p5', 'sonnet', 'opus'])[1 + n % 4], 'Task ' || n, 'normal', 300, 'key:bench', 50000, n % 90000,
      '2026-02-01', now() - make_interval(secs => n) from numbered`);

async function indexOf(organizationId: string): Promise<string> {
  const plan = await system.all<Record<string, string>>(sql`
    explain select agent_id from agents a where a.organization_id = ${organizationId} and a.status = 'failed'
    order by a.created_at desc, a.agent_id desc limit 21`);
  const text = plan.map((line) => Object.values(line)[0]).join(" ");
  return /Index (?:Only )?Scan (?:Backward )?using (\w+)/.exec(text)?.[1] ?? "no index";
}

/** Pages of a list of 100,000 agents, with the counts and sums over all that fit; 95 of 100 are faster than what is shown. */
export async function measureAgents(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment({ ...platform.environment, LOG_LEVEL: "warn" });
  const { ctx, organizationId } = await createOrganization();
  await insertAgents(organizationId);
  await system.run(sql`vacuum analyze agents`);
  const timeOf = async (query: Record<string, string>) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      await listAgents(ctx, query);
      times.push(performance.now() - startedAt);
    }
    return times.toSorted((one, other) => one - other)[Math.floor(rounds * 0.95)] ?? 0;
  };
  const index = await indexOf(organizationId);
  const row = (path: string, ms: number): Row => ({
    path,
    measured: `${ms.toFixed(1)} ms`,
    baseline: `${goalMs} ms`,
    ratio: `${(ms / goalMs).toFixed(2)} ×`,
    goal: "≤ 1 ×",
  });
  const rows = [
    row(`Page of ${agents} agents by status (${index}), p95`, await timeOf({ status: "failed" })),
    row("The same by status and cost, p95", await timeOf({ status: "failed", cost_gt: "0.05" })),
    row("The same without a filter, p95", await timeOf({})),
  ];
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  return rows;
}
