import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type ModelUse = { model: string; calls: number; tokens: number };

/** Model calls of the last 24 hours by model, most calls first. */
export function selectUse(tx: Tx, organizationId: string): Promise<ModelUse[]> {
  return tx.all(sql`
    select model, count(*) as calls, coalesce(sum(input_tokens + output_tokens), 0)::bigint as tokens from run_steps
    where organization_id = ${organizationId} and created_at >= now() - interval '24 hours'
    group by model order by calls desc, tokens desc, model limit 1000`);
}

export type HourFigures = {
  lastHourMicros: number;
  /** Of the 24 hours before the last one, all together. */
  dayBeforeMicros: number;
  runs: number;
  failedRuns: number;
};

/** Spend of the last hour against the day before it, and the runs that ended within the last hour. */
export function selectHourFigures(tx: Tx, organizationId: string): Promise<HourFigures> {
  return tx.one(sql`
    with spent as (
      select cost_micros as micros, created_at as at from run_steps
      where organization_id = ${organizationId} and created_at >= now() - interval '25 hours' and not simulated
      union all
      select actual_micros, completed_at from agents
      where organization_id = ${organizationId} and simulated and actual_micros > 0
        and completed_at >= now() - interval '25 hours'
    ), money as (
      select coalesce(sum(micros) filter (where at >= now() - interval '1 hour'), 0)::bigint as last_hour_micros,
        coalesce(sum(micros) filter (where at < now() - interval '1 hour'), 0)::bigint as day_before_micros
      from spent
    ), ended as (
      select count(*) as runs, count(*) filter (where status = 'failed') as failed_runs from runs
      where organization_id = ${organizationId} and completed_at >= now() - interval '1 hour'
        and created_at >= now() - interval '25 hours' and status in ('completed', 'failed')
    )
    select last_hour_micros, day_before_micros, runs, failed_runs from money, ended`);
}

export type Bill = { model: string; day: string; micros: number };

/** What the simulator billed agents of a span of UTC days, both included, by model and day. */
export function selectSimulatedBills(tx: Tx, organizationId: string, from: string, to: string): Promise<Bill[]> {
  return tx.all(sql`
    select model, to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(actual_micros)::bigint as micros
    from agents
    where organization_id = ${organizationId} and simulated and actual_micros > 0
      and completed_at >= ${from}::date::timestamp at time zone 'UTC'
      and completed_at < (${to}::date + 1)::timestamp at time zone 'UTC'
    group by 1, 2 order by 2, 1 limit 20000`);
}
