import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type WeekRow = {
  /** The Monday it begins with, UTC. */
  week: string;
  count: number;
  approved: number;
  marginBp: number;
  created: number;
  closed: number;
};

/** The last `weeks` ISO weeks (UTC), this one first: stored decisions, and exceptions opened and closed in each. */
export function selectWeeks(tx: Tx, organizationId: string, weeks: number): Promise<WeekRow[]> {
  const since = sql`((date_trunc('week', now() at time zone 'UTC') - make_interval(weeks => ${weeks}::int - 1)) at time zone 'UTC')`;
  return tx.all(sql`
    with seen as (
      select created_at as at, 1 as decisions, (status = 'approved')::int as approved, gross_margin_bp, 0 as created, 0 as closed
      from pricing_decisions where organization_id = ${organizationId} and created_at >= ${since}
      union all
      select created_at, 0, 0, 0, 1, 0
      from pricing_exceptions where organization_id = ${organizationId} and created_at >= ${since}
      union all
      select closed_at, 0, 0, 0, 0, 1
      from pricing_exceptions where organization_id = ${organizationId} and closed_at >= ${since}
    ), totals as (
      select date_trunc('week', at at time zone 'UTC') as monday, sum(decisions) as count, sum(approved) as approved,
        sum(gross_margin_bp) as margin_bp, sum(created) as created, sum(closed) as closed
      from seen group by 1
    )
    select to_char(calendar.monday, 'YYYY-MM-DD') as week, coalesce(count, 0)::bigint as count,
      coalesce(approved, 0)::bigint as approved, coalesce(margin_bp, 0)::bigint as margin_bp,
      coalesce(created, 0)::bigint as created, coalesce(closed, 0)::bigint as closed
    from generate_series(date_trunc('week', now() at time zone 'UTC') - make_interval(weeks => ${weeks}::int - 1),
      date_trunc('week', now() at time zone 'UTC'), interval '1 week') as calendar (monday)
      left join totals on totals.monday = calendar.monday
    order by calendar.monday desc`);
}
