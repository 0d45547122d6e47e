import { join, raw, type Sql, sql } from "#lib/db/sql";
import { systemTransaction, type Tx } from "#lib/db/transaction";
import { madeUpIds } from "#lib/demo/people";
import { rebuildSums } from "#lib/demo/sum-queries";
import type { Moment } from "#lib/demo/timeline";

/**
 * The times that are moved, by table: all of those an organization has but the audit log's. That one says when something
 * was really written, and its chain would break. What lies behind the filling (expiries, leases) stays where it is.
 */
export const movedColumns: Readonly<Record<string, readonly string[]>> = {
  agent_apps: ["created_at", "updated_at"],
  agents: ["created_at", "started_at", "completed_at"],
  api_keys: ["created_at", "rotated_at", "last_used_at"],
  auto_topups: ["updated_at"],
  budget_limits: ["updated_at"],
  chat_sessions: ["created_at", "last_active_at", "ended_at"],
  chat_turns: ["created_at"],
  credit_transactions: ["created_at"],
  deployment_events: ["created_at"],
  deployment_steps: ["started_at", "completed_at"],
  deployments: ["created_at", "started_at", "completed_at", "attempt_started_at"],
  events: ["created_at"],
  handoffs: ["created_at"],
  invitations: ["created_at"],
  invocations: ["created_at", "closed_at"],
  knowledge_entries: ["created_at", "updated_at"],
  members: ["joined_at"],
  model_scores: ["updated_at"],
  orchestration_sessions: ["created_at", "updated_at", "ended_at"],
  orchestration_threads: ["created_at", "updated_at"],
  orchestrations: ["created_at", "updated_at"],
  orchestrator_settings: ["updated_at"],
  packages: ["created_at", "deployed_at"],
  pool_accounts: ["created_at", "updated_at", "refreshed_at"],
  pricing_assignments: ["created_at"],
  pricing_budget_alerts: ["created_at"],
  pricing_decisions: ["created_at", "resolved_at"],
  pricing_exceptions: ["created_at", "closed_at"],
  pricing_experiments: ["created_at", "completed_at"],
  pricing_outcomes: ["created_at"],
  pricing_policies: ["created_at", "effective_at"],
  pricing_quote_runs: ["attached_at", "realised_at"],
  pricing_quotes: ["created_at"],
  pricing_scenario_sets: ["created_at"],
  privacy_settings: ["updated_at"],
  project_files: ["created_at"],
  projects: ["created_at", "updated_at"],
  run_events: ["created_at"],
  run_privacy: ["created_at"],
  run_steps: ["created_at"],
  runs: ["created_at", "completed_at"],
  teams: ["created_at", "updated_at"],
  topups: ["created_at", "attempted_at", "paid_at"],
  usage_events: ["created_at"],
  webhook_attempts: ["started_at"],
  webhook_deliveries: ["created_at", "completed_at"],
  webhook_endpoints: ["created_at", "updated_at", "disabled_at", "failing_since"],
  work_sessions: ["started_at", "completed_at"],
};

/** A time as far before as the scene was moved in which it was written; others stay. */
const moved = (time: Sql) => sql`(${time} - coalesce(
  (select m.back from demo_moments m where m.began <= ${time} and ${time} <= now() order by m.began desc limit 1),
  interval '0'))`;

function moveTable(tx: Tx, table: string, columns: readonly string[], whose: Sql): Promise<number> {
  const changes = columns.map((name) => sql`${raw(name)} = ${moved(raw(`t.${name}`))}`);
  return tx.run(sql`update ${raw(table)} t set ${join(changes)} where ${whose}`);
}

/** The lines of deployment steps carry their times in themselves. */
function moveLogs(tx: Tx, organizationId: string): Promise<number> {
  const at = sql`(line.value ->> 'at')::timestamptz`;
  return tx.run(sql`
    update deployment_steps t set log = coalesce((
      select jsonb_agg(line.value || jsonb_build_object('at',
          to_char(${moved(at)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by line.ordinality)
      from jsonb_array_elements(t.log) with ordinality as line), '[]')
    where t.organization_id = ${organizationId}`);
}

/** Work takes as long as its model calls did, not as long as it took to write it down. */
const workTimes = (organizationId: string): Sql[] => [
  sql`
    update run_steps t set created_at = t.created_at + make_interval(secs => before / 1000.0)
    from (
      select id, sum(latency_ms) over (partition by run_id order by position) - latency_ms as before
      from run_steps where organization_id = ${organizationId}
    ) as placed where t.organization_id = ${organizationId} and t.id = placed.id`,
  sql`
    update runs r set completed_at = r.created_at + make_interval(secs => spent / 1000.0)
    from (select run_id, sum(latency_ms) as spent from run_steps where organization_id = ${organizationId} group by run_id) s
    where r.organization_id = ${organizationId} and r.id = s.run_id and r.completed_at is not null`,
  sql`
    update run_events e set created_at = r.created_at
      + (r.completed_at - r.created_at) * ((e.sequence - 1)::float8 / greatest(1, n.last - 1))
    from runs r
      join (select run_id, max(sequence) as last from run_events where organization_id = ${organizationId} group by run_id) n
        on n.run_id = r.id
    where e.organization_id = ${organizationId} and r.organization_id = ${organizationId} and e.run_id = r.id
      and r.completed_at is not null`,
  sql`
    update agents a set started_at = r.created_at, completed_at = r.completed_at,
      budget_day = (a.created_at at time zone 'UTC')::date
    from runs r where a.organization_id = ${organizationId} and r.organization_id = ${organizationId} and r.id = a.run_id`,
  sql`
    update invocations i set closed_at = r.completed_at
    from runs r where i.organization_id = ${organizationId} and r.organization_id = ${organizationId} and r.id = i.run_id`,
  sql`
    update work_sessions set duration_minutes = floor(extract(epoch from completed_at - started_at) / 60)
    where organization_id = ${organizationId} and completed_at is not null`,
];

/**
 * Moves everything that was played to the times it is to have had: one transaction, this organization only. Order is kept
 * (who came first stays first), so that the ledger's running balance and every feed stay as they were written; no amount,
 * count or hash is touched but sums by day, which are made anew of the moved rows.
 */
export async function backdate(organizationId: string, moments: readonly Moment[]): Promise<void> {
  await systemTransaction(async (tx) => {
    await tx.run(sql`
      create temporary table demo_moments (began timestamptz primary key, back interval not null) on commit drop`);
    await tx.run(sql`
      insert into demo_moments (began, back)
      select began, began - at
      from json_to_recordset(${JSON.stringify(moments)}::json) as m (began timestamptz, at timestamptz)`);
    await tx.run(sql`analyze demo_moments`);
    const own = sql`t.organization_id = ${organizationId}`;
    for (const [table, columns] of Object.entries(movedColumns)) await moveTable(tx, table, columns, own);
    await moveTable(tx, "organizations", ["created_at", "updated_at", "last_topped_up"], sql`t.id = ${organizationId}`);
    await moveTable(tx, "profiles", ["created_at"], sql`t.user_id = any (${[...madeUpIds]}::uuid[])`);
    await moveLogs(tx, organizationId);
    for (const statement of workTimes(organizationId)) await tx.run(statement);
    await rebuildSums(tx, organizationId);
  });
}
