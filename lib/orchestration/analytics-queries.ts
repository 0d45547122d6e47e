import type { Context } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { SessionStatus } from "#lib/orchestration/schema";

type Sums = {
  userId: string;
  threadCount: number;
  orchestrationCount: number;
  completedCount: number;
  failedCount: number;
  totalIterations: number;
  averageScore: number | null;
  bestScore: number | null;
  totalTokens: number;
  totalMicros: number;
  models: { model: string; calls: number; tokens: number; micros: number; average: number | null }[];
};

export type SessionSums = Sums & { id: string; status: SessionStatus; seconds: number };
export type UserSums = Sums & { sessionCount: number; activeSessions: number };

const average = sql`round(sum(score_sum) / nullif(sum(scored), 0), 2)::float8`;

/** Sums of the orchestrations, threads and models that belong to what the conditions say. */
const sums = (orchestrations: Sql, threads: Sql, models: Sql): Sql => sql`
  (select count(*) as orchestration_count, count(*) filter (where outcome = 'completed') as completed_count,
    count(*) filter (where outcome = 'failed') as failed_count, coalesce(sum(iterations), 0)::bigint as total_iterations
    from orchestrations where ${orchestrations}) o,
  (select count(*) as thread_count, max(best_score)::float8 as best_score from orchestration_threads where ${threads}) t,
  (select coalesce(sum(tokens), 0)::bigint as total_tokens, ${average} as average_score
    from orchestration_models where ${models}) m,
  (select coalesce(json_agg(row_to_json(x) order by x.micros desc, x.model), '[]') as models from (
    select model, sum(calls)::bigint as calls, sum(tokens)::bigint as tokens, sum(micros)::bigint as micros, ${average} as average
    from orchestration_models where ${models} group by model) x) l`;

const columns = sql`o.*, t.*, m.*, l.*`;

export function selectSessionSums(tx: Tx, ctx: Context, id: string): Promise<SessionSums | undefined> {
  const own = sql`organization_id = ${ctx.organizationId} and session_id = ${id}`;
  return tx.maybe(sql`
    select s.id, s.user_id, s.status, s.total_micros, ${columns},
      extract(epoch from coalesce(s.ended_at, now()) - s.created_at)::float8 as seconds
    from orchestration_sessions s, ${sums(own, own, own)}
    where s.organization_id = ${ctx.organizationId} and s.id = ${id}`);
}

export function selectUserSums(tx: Tx, ctx: Context, userId: string): Promise<UserSums> {
  const own = sql`organization_id = ${ctx.organizationId} and user_id = ${userId}`;
  const threads = sql`organization_id = ${ctx.organizationId} and session_id in (
    select id from orchestration_sessions where ${own})`;
  return tx.one(sql`
    select ${userId}::text as user_id, s.*, ${columns}
    from (select count(*) as session_count, count(*) filter (where status = 'active') as active_sessions,
        coalesce(sum(total_micros), 0)::bigint as total_micros from orchestration_sessions where ${own}) s,
      ${sums(own, threads, own)}`);
}
