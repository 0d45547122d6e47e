import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Day, Range } from "#lib/usage/days";
import type { Dimension, UsageTotals } from "#lib/usage/schema";
import { usageRows } from "#lib/usage/source";

function rowsIn(organizationId: string, { from, to }: Range): Sql {
  return usageRows({ organization: sql`${organizationId}::uuid`, from: sql`${from}::date`, to: sql`${to}::date` });
}

export type Figures = { invocations: number; packages: number; apiCalls: number; credits: number };

/** The figures of a range from its day `middle` on, and of the days before that. */
export async function selectFigures(
  tx: Tx,
  organizationId: string,
  range: Range,
  middle: Day,
): Promise<{ now: Figures; before: Figures }> {
  const rows = await tx.all<{ type: string; isNow: boolean; quantity: number; credits: number }>(sql`
    select type, day >= ${middle}::date as is_now, sum(quantity)::bigint as quantity, sum(credits)::bigint as credits
    from (${rowsIn(organizationId, range)}) as used group by 1, 2`);
  const figuresOf = (wanted: boolean): Figures => {
    const of = (type: string) => rows.find((row) => row.isNow === wanted && row.type === type);
    return {
      invocations: of("invocation")?.quantity ?? 0,
      packages: of("package_upload")?.quantity ?? 0,
      apiCalls: of("api_call")?.quantity ?? 0,
      credits: of("credits")?.credits ?? 0,
    };
  };
  return { now: figuresOf(true), before: figuresOf(false) };
}

/** One row for each day of the range, oldest first. */
export function selectDays(
  tx: Tx,
  organizationId: string,
  range: Range,
): Promise<{ date: string; invocations: number; credits: number }[]> {
  return tx.all(sql`
    with total as (
      select day, sum(quantity) filter (where type = 'invocation') as invocations, sum(credits) as credits
      from (${rowsIn(organizationId, range)}) as used
      group by day
    )
    select to_char(calendar.day, 'Mon DD') as date, coalesce(invocations, 0)::bigint as invocations,
      coalesce(credits, 0)::bigint as credits
    from generate_series(${range.from}::timestamp, ${range.to}::timestamp, interval '1 day') as calendar (day)
      left join total on total.day = calendar.day::date
    order by calendar.day`);
}

export type ActivityRow = { id: string; type: string; description: string; value: number | null; createdAt: string };

/** What happened, newest first. API calls are only counted. */
export function selectActivity(
  tx: Tx,
  organizationId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<ActivityRow[]> {
  return tx.all(sql`
    select id, type, description, value::float8 as value, created_at from usage_events
    where organization_id = ${organizationId} and type <> 'api_call'
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

/** The column of a dimension, and what its value is called; `ranked` is the group. */
function dimensionOf(by: Dimension, organizationId: string): { column: Sql; name: Sql } {
  if (by === "model") return { column: sql`model`, name: sql`ranked.id` };
  if (by === "app") {
    const name = sql`(select a.name from agent_apps a where a.organization_id = ${organizationId} and a.id = ranked.id::uuid)`;
    return { column: sql`agent_app_id::text`, name };
  }
  if (by === "key") {
    const name = sql`(select k.name from api_keys k where k.organization_id = ${organizationId} and k.id = ranked.id::uuid)`;
    return { column: sql`api_key_id::text`, name };
  }
  const name = sql`(
    select p.email from members m join profiles p on p.user_id = m.user_id
    where m.organization_id = ${organizationId} and m.user_id = ranked.id::uuid)`;
  return { column: sql`user_id::text`, name };
}

/**
 * `item`: one of the first; `other`: the ones after them together; `none`: what belongs to none of them. `attributed`
 * are the credits that the usage itself accounts for, with fractions; `paid` those of the ledger, which names no groups.
 */
export type GroupRow = Omit<UsageTotals, "credits"> & {
  kind: "item" | "other" | "none";
  id: string | null;
  name: string | null;
  groups: number;
  attributed: number;
  paid: number;
};

/** At most `limit` groups and two more, which together are everything that was used in the range. */
export function selectGroups(
  tx: Tx,
  organizationId: string,
  range: Range,
  by: Dimension,
  limit: number,
): Promise<GroupRow[]> {
  const { column, name } = dimensionOf(by, organizationId);
  return tx.all(sql`
    with grouped as (
      select ${column} as id, coalesce(sum(quantity) filter (where type = 'invocation'), 0) as invocations,
        coalesce(sum(quantity) filter (where type = 'api_call'), 0) as api_calls,
        coalesce(sum(value) filter (where type not in ('credits', 'credit_topup')), 0) as attributed,
        coalesce(sum(credits), 0) as paid, sum(cost_micros) as cost_micros
      from (${rowsIn(organizationId, range)}) as used
      group by 1
    ), numbered as (
      select *, case when id is not null then
          row_number() over (partition by id is null order by attributed desc, invocations desc, api_calls desc, id)
        end as place
      from grouped
    ), ranked as (
      select case when place is null then 'none' when place <= ${limit} then 'item' else 'other' end as kind,
        case when place <= ${limit} then id end as id, min(place) as place, count(*) as groups,
        sum(invocations)::bigint as invocations, sum(api_calls)::bigint as api_calls,
        sum(attributed)::float8 as attributed, sum(paid)::bigint as paid, sum(cost_micros)::bigint as cost_micros
      from numbered group by 1, 2
    )
    select kind, id, case when kind = 'item' then ${name} end as name, groups, invocations, api_calls, attributed, paid,
      cost_micros
    from ranked order by place nulls last`);
}
