import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { type Tx, tenant } from "#lib/db/transaction";
import { type Day, lastDays, type Range } from "#lib/usage/days";

/** The balance when a UTC day ended; of today, the one now. */
export type DayBalance = { day: Day; balance: number };

/** One row for each day of the range, oldest first; each reads the last entry before the day's end and no other. */
function selectDayBalances(tx: Tx, organizationId: string, { from, to }: Range): Promise<DayBalance[]> {
  return tx.all(sql`
    select to_char(calendar.day, 'YYYY-MM-DD') as day, coalesce(entry.balance_after, 0)::bigint as balance
    from generate_series(${from}::timestamp, ${to}::timestamp, interval '1 day') as calendar (day)
      left join lateral (
        select balance_after from credit_transactions
        where organization_id = ${organizationId} and created_at < (calendar.day + interval '1 day') at time zone 'UTC'
        order by created_at desc, position desc limit 1) as entry on true
    order by calendar.day`);
}

/** The balance at the end of each of the last `days` UTC days, today included; 0 before the first entry. */
export function listDayBalances(ctx: Context, days: number, at = new Date()): Promise<DayBalance[]> {
  return selectDayBalances(tenant(ctx), ctx.organizationId, lastDays(days, at));
}
