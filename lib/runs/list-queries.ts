import type { Context } from "#lib/context";
import { empty, join, type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { RunFilter, RunSort } from "#lib/runs/list-schema";
import type { Run } from "#lib/runs/schema";

/** Texts are searched, and costs and times compared, among so many of the newest runs that match the rest. */
export const searchedRunsMax = 10_000;

const columns: Sql = sql`id, kind, strategy, status, model, output, score::float8 as score, error_code, error_message,
  simulated, input_tokens, output_tokens, cost_micros, charged_micros, api_key_id, user_id, request_id, created_at,
  completed_at, priority, attempts, deadline_at`;

const orders: Record<RunSort, Sql> = {
  newest: sql`created_at desc, id desc`,
  oldest: sql`created_at, id`,
  cost: sql`cost_micros desc nulls last, created_at desc, id desc`,
  tokens: sql`input_tokens + output_tokens desc, created_at desc, id desc`,
  duration: sql`coalesce(completed_at, now()) - created_at desc, created_at desc, id desc`,
};

function conditionsOf(ctx: Context, { kind, strategy, status, model, from, to }: RunFilter): Sql {
  const wanted = [
    sql`organization_id = ${ctx.organizationId}`,
    ...(kind ? [sql`kind = ${kind}`] : []),
    ...(strategy ? [sql`strategy = ${strategy}`] : []),
    ...(status ? [sql`status = ${status}`] : []),
    ...(model ? [sql`model = ${model}`] : []),
    ...(from ? [sql`created_at >= ${from}::date at time zone 'UTC'`] : []),
    ...(to ? [sql`created_at < (${to}::date + 1) at time zone 'UTC'`] : []),
  ];
  return join(wanted, " and ");
}

/** A text as a pattern of `ilike` in which nothing has a meaning of its own. */
const patternOf = (text: string) => `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;

/** The organization's runs that match, without what they were asked. */
export function selectFilteredRuns(tx: Tx, ctx: Context, filter: RunFilter, { limit, offset }: Page): Promise<Run[]> {
  const conditions = conditionsOf(ctx, filter);
  const { sort, text } = filter;
  const isByTime = sort === "newest" || sort === "oldest";
  if (isByTime && text === undefined)
    return tx.all(sql`
      select ${columns} from runs where ${conditions} order by ${orders[sort]} limit ${limit} offset ${offset}`);
  const pattern = text === undefined ? "" : patternOf(text);
  const search =
    text === undefined
      ? empty
      : sql`where id::text = ${text} or request_id = ${text} or model ilike ${pattern} or error_message ilike ${pattern}
        or output ilike ${pattern} or input::text ilike ${pattern}`;
  return tx.all(sql`
    select ${columns} from (
      select * from runs where ${conditions} order by created_at desc limit ${searchedRunsMax}
    ) newest ${search}
    order by ${orders[sort]} limit ${limit} offset ${offset}`);
}

/** Where a run came from, as far as that is still there. */
export type RunOrigin = {
  appId: string | null;
  appName: string | null;
  orchestrationId: string | null;
  sessionId: string | null;
  threshold: number | null;
  maxIterations: number | null;
  candidates: number | null;
  preferredModels: string[] | null;
  costLimit: number | null;
  keyName: string | null;
  email: string | null;
};

export function selectRunOrigin(tx: Tx, ctx: Context, runId: string): Promise<RunOrigin | undefined> {
  return tx.maybe(sql`
    select a.id as app_id, a.name as app_name, o.id as orchestration_id, o.session_id, o.threshold::float8 as threshold,
      o.max_iterations, o.candidates, o.preferred_models, s.cost_limit::float8 as cost_limit, k.name as key_name, p.email
    from runs r
      left join invocations i on i.run_id = r.id
      left join agent_apps a on a.id = i.agent_app_id and a.organization_id = r.organization_id
      left join orchestrations o on o.run_id = r.id
      left join orchestration_sessions s on s.id = o.session_id
      left join api_keys k on k.id = r.api_key_id and k.organization_id = r.organization_id
      left join profiles p on p.user_id = r.user_id
    where r.organization_id = ${ctx.organizationId} and r.id = ${runId}`);
}

/** Which run carries out each of a session's orchestrations, newest first. */
export function selectRunsOfSession(tx: Tx, ctx: Context, sessionId: string): Promise<{ id: string; runId: string }[]> {
  return tx.all(sql`
    select id, run_id from orchestrations
    where organization_id = ${ctx.organizationId} and session_id = ${sessionId}
    order by created_at desc, id desc limit 200`);
}
