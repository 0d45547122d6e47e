import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { type Tx, tenant } from "#lib/db/transaction";

/**
 * Sums by day, made anew of the rows they are the sums of: what agents took of each day's budget and, by opening every day
 * again, the totals of usage. Nothing is reserved: no agent of the demo is left at work.
 */
export async function rebuildSums(tx: Tx, organizationId: string): Promise<void> {
  await tx.run(sql`delete from budget_days where organization_id = ${organizationId}`);
  await tx.run(sql`
    insert into budget_days (organization_id, day, scope, subject, spent_micros, simulated_micros)
    select a.organization_id, a.budget_day, s.scope, s.subject, sum(a.actual_micros),
      coalesce(sum(a.actual_micros) filter (where a.simulated), 0)
    from agents a cross join lateral (values
        ('organization', ''), ('key', nullif(substring(a.owner from '^key:(.*)$'), '')), ('team', a.team)
      ) as s (scope, subject)
    where a.organization_id = ${organizationId} and s.subject is not null
    group by a.organization_id, a.budget_day, s.scope, s.subject`);
  await tx.run(sql`delete from usage_daily where organization_id = ${organizationId}`);
  await tx.run(sql`
    update usage_rollups r set through = (o.created_at at time zone 'UTC')::date - 2
    from organizations o where r.organization_id = ${organizationId} and o.id = r.organization_id`);
}

/** What the dearest day took of somebody's budget, in micro-dollars. */
export async function dearestDay(ctx: Context, scope: string, subject: string): Promise<number> {
  const { micros } = await tenant(ctx).one<{ micros: number }>(sql`
    select coalesce(max(spent_micros), 0)::bigint as micros from budget_days
    where organization_id = ${ctx.organizationId} and scope = ${scope} and subject = ${subject}`);
  return micros;
}

/** Notes which shares of the daily budget the days reached, so that today's are not told as news. */
export async function noteReached(ctx: Context): Promise<void> {
  await tenant(ctx).run(sql`
    insert into budget_alerts (organization_id, day, level, created_at)
    select d.organization_id, d.day, percent::text, least(now(), (d.day + time '16:00') at time zone 'UTC')
    from budget_days d join orchestrator_settings o on o.organization_id = d.organization_id
      cross join lateral unnest(o.alert_percents) as percent
    where d.organization_id = ${ctx.organizationId} and d.scope = 'organization'
      and d.spent_micros * 100 >= o.daily_budget_micros * percent
    on conflict do nothing`);
}
