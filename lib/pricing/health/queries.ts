import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

/** Midnight UTC of today. */
const today = sql`(date_trunc('day', now() at time zone 'UTC') at time zone 'UTC')`;
/** Calls of the simulator cost nobody anything, nor does a call whose price is unknown count as one. */
const spent = sql`coalesce(sum(cost_micros) filter (where not simulated), 0)::bigint`;

export type ModelSpend = { model: string; calls: number; costMicros: number };

/** Model calls of today (UTC) by model, the dearest first. */
export function selectTodayByModel(tx: Tx, organizationId: string): Promise<ModelSpend[]> {
  return tx.all(sql`
    select model, count(*) as calls, ${spent} as cost_micros from run_steps
    where organization_id = ${organizationId} and created_at >= ${today}
    group by model order by cost_micros desc, model limit 100`);
}

/** Runs that were completed today (UTC), whatever kind of work they are. */
export function selectTasksToday(tx: Tx, organizationId: string): Promise<{ completed: number }> {
  return tx.one(sql`
    select count(*) as completed from runs
    where organization_id = ${organizationId} and status = 'completed' and completed_at >= ${today}
      and created_at >= ${today} - interval '1 day'`);
}

export function selectTodaySpend(tx: Tx, organizationId: string): Promise<{ costMicros: number }> {
  return tx.one(sql`
    select ${spent} as cost_micros from run_steps
    where organization_id = ${organizationId} and created_at >= ${today}`);
}

export function selectDailyBudget(tx: Tx, organizationId: string): Promise<{ dailyBudgetMicros: number } | undefined> {
  return tx.maybe(sql`
    select daily_budget_micros from orchestrator_settings where organization_id = ${organizationId}`);
}

export type Threshold = { level: "warning" | "critical"; percent: number };

/** Notes each threshold that a spend is above, once per day; answers those that are new. */
export function insertBudgetAlerts(
  tx: Tx,
  organizationId: string,
  { spendMicros, budgetMicros }: { spendMicros: number; budgetMicros: number },
  thresholds: readonly Threshold[],
): Promise<{ level: Threshold["level"]; day: string }[]> {
  return tx.all(sql`
    insert into pricing_budget_alerts (organization_id, day, level, spend_micros, budget_micros)
    select ${organizationId}::uuid, (now() at time zone 'UTC')::date, level, ${spendMicros}::bigint, ${budgetMicros}::bigint
    from json_to_recordset(${JSON.stringify(thresholds)}::json) as t (level text, percent integer)
    where ${spendMicros}::bigint * 100 > ${budgetMicros}::bigint * percent
    on conflict do nothing
    returning level, to_char(day, 'YYYY-MM-DD') as day`);
}

export type Overspent = { organizationId: string; spendMicros: number; budgetMicros: number };

/** Organizations whose spend of today is above `percent` of their budget and of whom not all `levels` were announced yet. */
export function selectOverspent(
  tx: Tx,
  percent: number,
  levels: number,
  defaultBudgetMicros: number,
  limit: number,
): Promise<Overspent[]> {
  return tx.all(sql`
    with spending as (
      select organization_id, ${spent} as spend from run_steps where created_at >= ${today} group by organization_id
    )
    select s.organization_id, s.spend as spend_micros, b.budget as budget_micros
    from spending s
      left join orchestrator_settings o on o.organization_id = s.organization_id
      cross join lateral (select coalesce(o.daily_budget_micros, ${defaultBudgetMicros}::bigint) as budget) b
    where s.spend * 100 > b.budget * ${percent}::int and (
      select count(*) from pricing_budget_alerts a
      where a.organization_id = s.organization_id and a.day = (now() at time zone 'UTC')::date) < ${levels}::int
    limit ${limit}`);
}
