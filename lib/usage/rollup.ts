import { type Sql, sql } from "#lib/db/sql";
import { systemTransaction } from "#lib/db/transaction";

/** One transaction adds up at most so many organizations, and so many days of each. */
const organizationsMax = 20;
const daysMax = 7;
const roundMs = 5_000;

// Yesterday stays open: a transaction that began before midnight may still be under way.
const lastClosed = sql`((now() at time zone 'UTC')::date - 2)`;
const lastDay = sql`least(r.through + ${daysMax}::int, ${lastClosed})`;
const isDue = sql`
  created_at >= (r.through + 1)::timestamp at time zone 'UTC' and created_at < (${lastDay} + 1)::timestamp at time zone 'UTC'`;

/** Locks organizations that are behind. Those whose days are just being closed or opened by others are left to them. */
const lockDue = sql`
  select organization_id from usage_rollups where through < ${lastClosed}
  order by through limit ${organizationsMax} for update skip locked`;

const totals = (ids: string[]): Sql => sql`
  insert into usage_daily (organization_id, day, type, model, api_key_id, user_id, agent_app_id, quantity, value, cost_micros)
  select e.organization_id, (created_at at time zone 'UTC')::date, type, model, api_key_id, user_id, agent_app_id,
    sum(quantity), coalesce(sum(value), 0), sum(cost_micros)
  from usage_rollups r join usage_events e on e.organization_id = r.organization_id and ${isDue}
  where r.organization_id = any(${ids}::uuid[])
  group by 1, 2, 3, 4, 5, 6, 7
  union all
  select c.organization_id, (created_at at time zone 'UTC')::date, 'credits', null, null, null, null, 0, -sum(amount), null
  from usage_rollups r join credit_transactions c on c.organization_id = r.organization_id and ${isDue}
  where r.organization_id = any(${ids}::uuid[]) and c.type in ('usage', 'refund')
  group by 1, 2`;

/** Closes days of some organizations; answers how many organizations there were. Each statement sees the locks' snapshot. */
function closeSome(): Promise<number> {
  return systemTransaction(async (tx) => {
    const due = await tx.all<{ organizationId: string }>(lockDue);
    if (due.length === 0) return 0;
    const ids = due.map(({ organizationId }) => organizationId);
    await Promise.all([
      tx.run(sql`
        delete from usage_daily d using usage_rollups r
        where r.organization_id = any(${ids}::uuid[]) and d.organization_id = r.organization_id and d.day > r.through`),
      tx.run(totals(ids)),
      tx.run(sql`update usage_rollups r set through = ${lastDay} where organization_id = any(${ids}::uuid[])`),
    ]);
    return due.length;
  });
}

/**
 * Adds up the closed days (up to the day before yesterday, UTC) of every organization that is behind. Any number of
 * workers may do it at once, and doing it again changes nothing. Answers whether all is done; what is not, the next
 * round takes up.
 */
export async function rollUpUsage(forMs = roundMs): Promise<boolean> {
  const until = performance.now() + forMs;
  while (performance.now() < until) if ((await closeSome()) === 0) return true;
  return false;
}
