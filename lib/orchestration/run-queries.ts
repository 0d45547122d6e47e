import type { Context } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { stopReasons } from "#lib/orchestration/schema";
import type { RunStatus } from "#lib/runs/schema";

export type StopReason = (typeof stopReasons)[number];

/** Keeps two starts of one end user apart until the transaction ends, so that the count of his runs is exact. */
export function lockUser(tx: Tx, ctx: Context, userId: string): Promise<number> {
  const name = `orchestrations\n${ctx.organizationId}\n${userId}`;
  return tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

export function selectOpenCount(tx: Tx, ctx: Context, userId: string): Promise<{ open: number }> {
  return tx.one(sql`
    select count(*) as open from orchestrations
    where organization_id = ${ctx.organizationId} and user_id = ${userId} and outcome is null`);
}

export type NewOrchestration = {
  id: string;
  sessionId: string;
  threadId: string;
  runId: string;
  userId: string;
  maxIterations: number;
  preferredModels: string[];
  threshold: number;
  /** Answers generated at the same time in a round. */
  candidates: number;
};

/** The run must be there. Its thread is at work from now on. */
export async function insertOrchestration(tx: Tx, ctx: Context, row: NewOrchestration): Promise<void> {
  await tx.run(sql`
    insert into orchestrations (id, organization_id, session_id, thread_id, run_id, user_id, max_iterations,
      preferred_models, threshold, candidates)
    values (${row.id}, ${ctx.organizationId}, ${row.sessionId}, ${row.threadId}, ${row.runId}, ${row.userId},
      ${row.maxIterations}, ${row.preferredModels}, ${row.threshold}, ${row.candidates})`);
  await tx.run(sql`
    update orchestration_threads set status = 'processing', updated_at = now()
    where organization_id = ${ctx.organizationId} and id = ${row.threadId}`);
}

export type OrchestrationRow = NewOrchestration & {
  iterations: number;
  totalMicros: number;
  stopReason: StopReason | null;
  status: RunStatus;
  prompt: string;
  output: string | null;
  score: number | null;
  simulated: boolean;
  errorMessage: string | null;
  quoteId: string | null;
  /** The quoted tokens were used up before the work was done. */
  isCutShort: boolean;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
};

const columns: Sql = sql`o.id, o.session_id, o.thread_id, o.run_id, o.user_id, o.max_iterations, o.preferred_models,
  o.threshold::float8 as threshold, o.candidates, o.iterations, o.total_micros, o.stop_reason, r.status, r.input ->> 'prompt' as prompt,
  r.output, r.score::float8 as score, r.simulated, r.error_message, o.created_at, o.updated_at, r.completed_at, q.quote_id,
  q.run_id is not null and (r.error_code = 'quote_used_up' or exists (
    select 1 from run_events e where e.run_id = o.run_id and e.key = 'quote_used_up')) as is_cut_short`;
const joined: Sql = sql`orchestrations o join runs r on r.id = o.run_id and r.organization_id = o.organization_id
  left join pricing_quote_runs q on q.run_id = o.run_id and q.organization_id = o.organization_id`;

export function selectOrchestration(tx: Tx, ctx: Context, id: string): Promise<OrchestrationRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from ${joined} where o.organization_id = ${ctx.organizationId} and o.id = ${id}`);
}

export function selectOrchestrationOfRun(tx: Tx, ctx: Context, runId: string): Promise<OrchestrationRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from ${joined} where o.organization_id = ${ctx.organizationId} and o.run_id = ${runId}`);
}

/** A session's orchestrations, newest first. */
export function selectOrchestrationsOfSession(tx: Tx, ctx: Context, sessionId: string): Promise<OrchestrationRow[]> {
  return tx.all(sql`
    select ${columns} from ${joined}
    where o.organization_id = ${ctx.organizationId} and o.session_id = ${sessionId}
    order by o.created_at desc, o.id desc limit 200`);
}

export function selectIdsOfThread(tx: Tx, ctx: Context, threadId: string): Promise<{ id: string }[]> {
  return tx.all(sql`
    select id from orchestrations where organization_id = ${ctx.organizationId} and thread_id = ${threadId}
    order by created_at, id limit 1000`);
}

/** The runs of a session that have not ended. */
export function selectOpenRuns(
  tx: Tx,
  ctx: Context,
  sessionId: string,
): Promise<{ id: string; kind: "orchestration" }[]> {
  return tx.all(sql`
    select run_id as id, 'orchestration' as kind from orchestrations
    where organization_id = ${ctx.organizationId} and session_id = ${sessionId} and outcome is null
    order by id limit 1000`);
}

export type ResultRow = {
  round: number;
  model: string;
  reasoning: string | null;
  response: string | null;
  tokens: number;
  micros: number | null;
  evaluator: string;
  score: number;
  feedback: string;
  unscored: boolean;
};

/** What each round of a run came to, in order; of several attempts in one round the best. */
export function selectResults(tx: Tx, ctx: Context, runId: string): Promise<ResultRow[]> {
  return tx.all(sql`
    select distinct on (round) (e.data ->> 'round')::int as round, g.model, c.data ->> 'reasoning' as reasoning,
      g.output as response, g.input_tokens + g.output_tokens as tokens, g.listed_micros as micros,
      e.data ->> 'evaluator_model' as evaluator, (e.data ->> 'score')::float8 as score, e.data ->> 'feedback' as feedback,
      coalesce((e.data ->> 'unscored')::boolean, false) as unscored
    from run_events e
      join run_steps g on g.run_id = e.run_id and g.position = (e.data ->> 'position')::int
      left join run_events c on c.run_id = e.run_id and c.key = 'model_selected:' || (e.data ->> 'round') || ':' || g.position
    where e.organization_id = ${ctx.organizationId} and e.run_id = ${runId} and e.type = 'evaluation_completed'
    order by round, score desc, e.sequence limit 100`);
}
