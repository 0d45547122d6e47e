import { type Sql, sql } from "#lib/db/sql";

/** SQL expressions: whose usage, and the first and the last UTC day (both included). */
type Span = { organization: Sql; from: Sql; to: Sql };

const through = (organization: Sql) => sql`(select through from usage_rollups where organization_id = ${organization})`;

/** Rows that no closed day's total holds yet. `greatest` and `least` pass over a missing watermark. */
const isLive = ({ organization, from, to }: Span) => sql`
  organization_id = ${organization}
    and created_at >= greatest(${from}, ${through(organization)} + 1)::timestamp at time zone 'UTC'
    and created_at < (${to} + 1)::timestamp at time zone 'UTC'`;

const isClosed = ({ organization, from, to }: Span) => sql`
  organization_id = ${organization} and day >= ${from} and day <= least(${to}, ${through(organization)})`;

const day = sql`(created_at at time zone 'UTC')::date`;

/** What the ledger took less what it gave back, as (day, credits). */
export function creditRows(span: Span): Sql {
  return sql`
    select day, value::bigint as credits from usage_daily where ${isClosed(span)} and type = 'credits'
    union all
    select ${day} as day, -amount as credits from credit_transactions
    where ${isLive(span)} and type in ('usage', 'refund')`;
}

/**
 * Everything an organization used, as (day, type, model, api_key_id, user_id, agent_app_id, quantity, credits, value,
 * cost_micros): the one source of every usage figure. Closed days come from their totals, later ones from the rows, and
 * both give the same sums. `credits` is what the ledger took less what it gave back, in rows of that type; `value` is
 * what the other rows account for.
 */
export function usageRows(span: Span): Sql {
  return sql`
    select day, type, model, api_key_id, user_id, agent_app_id, quantity,
      case when type = 'credits' then value else 0 end::bigint as credits, value, cost_micros
    from usage_daily where ${isClosed(span)}
    union all
    select ${day} as day, type, model, api_key_id, user_id, agent_app_id, quantity::bigint, 0::bigint,
      value, cost_micros
    from usage_events where ${isLive(span)}
    union all
    select ${day} as day, 'credits'::text, null::text, null::uuid, null::uuid, null::uuid, 0::bigint, -amount, null::numeric,
      null::bigint
    from credit_transactions where ${isLive(span)} and type in ('usage', 'refund')`;
}
