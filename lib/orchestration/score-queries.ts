import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Step } from "#lib/runs/schema";

/**
 * Adds a step's cost to its orchestration, thread and session, and its figures to the sums by model: in the step's own
 * transaction, so that each is counted once.
 */
export function countStep(tx: Tx, ctx: Context, runId: string, step: Step): Promise<number> {
  const tokens = step.inputTokens + step.outputTokens;
  const micros = step.listedMicros ?? 0;
  const isAnswer = step.name === "generate" && step.status === "completed";
  return tx.run(sql`
    with o as (
      update orchestrations set total_micros = total_micros + ${micros}, updated_at = now()
      where organization_id = ${ctx.organizationId} and run_id = ${runId}
      returning session_id, thread_id, user_id
    ), t as (
      update orchestration_threads t set total_micros = t.total_micros + ${micros}, updated_at = now()
      from o where t.organization_id = ${ctx.organizationId} and t.id = o.thread_id
      returning t.domain
    ), s as (
      update orchestration_sessions s set total_micros = s.total_micros + ${micros}, updated_at = now()
      from o where s.organization_id = ${ctx.organizationId} and s.id = o.session_id
    ), d as (
      insert into model_scores as d (organization_id, model, domain, calls, tokens, micros)
      select ${ctx.organizationId}, ${step.model}, lower(t.domain), 1, ${tokens}, ${micros} from t where ${isAnswer}::boolean
      on conflict (organization_id, model, domain) do update set calls = d.calls + 1, tokens = d.tokens + excluded.tokens,
        micros = d.micros + excluded.micros, updated_at = now()
    )
    insert into orchestration_models as m (session_id, model, organization_id, user_id, calls, tokens, micros)
    select o.session_id, ${step.model}, ${ctx.organizationId}, o.user_id, 1, ${tokens}, ${micros} from o
    on conflict (session_id, model) do update set calls = m.calls + 1, tokens = m.tokens + excluded.tokens,
      micros = m.micros + excluded.micros`);
}

/** Notes how an answer (by its position in the run) was judged; null when nobody gave a usable score. */
export function countJudgement(
  tx: Tx,
  ctx: Context,
  runId: string,
  { round, position, score }: { round: number; position: number; score: number | null },
): Promise<number> {
  return tx.run(sql`
    with o as (
      update orchestrations set iterations = greatest(iterations, ${round}::int), updated_at = now()
      where organization_id = ${ctx.organizationId} and run_id = ${runId}
      returning session_id, thread_id
    ), answer as (
      select o.session_id, o.thread_id, g.model from o join run_steps g on g.run_id = ${runId} and g.position = ${position}
      where ${score}::numeric is not null
    ), m as (
      update orchestration_models m set scored = m.scored + 1, score_sum = m.score_sum + ${score}::numeric
      from answer a where m.session_id = a.session_id and m.model = a.model
    )
    update model_scores d set scored = d.scored + 1, score_sum = d.score_sum + ${score}::numeric, updated_at = now()
    from answer a join orchestration_threads t on t.id = a.thread_id
    where d.organization_id = ${ctx.organizationId} and d.model = a.model and d.domain = lower(t.domain)`);
}

export type ModelScoreRow = {
  model: string;
  domain: string;
  calls: number;
  tokens: number;
  micros: number;
  scored: number;
  average: number | null;
};

/** By domain, the best first. */
export function selectModelScores(tx: Tx, ctx: Context, domain?: string): Promise<ModelScoreRow[]> {
  return tx.all(sql`
    select model, domain, calls, tokens, micros, scored, (score_sum / nullif(scored, 0))::float8 as average
    from model_scores
    where organization_id = ${ctx.organizationId} and (${domain ?? null}::text is null or domain = lower(${domain ?? null}::text))
    order by domain, average desc nulls last, model limit 1000`);
}

export type ModelStatsRow = { calls: number; tokens: number; micros: number; average: number | null };

/** What a model did for the organization in all its runs, and how orchestrations judged it. */
export function selectModelStats(tx: Tx, ctx: Context, model: string): Promise<ModelStatsRow> {
  return tx.one(sql`
    select count(*) as calls, coalesce(sum(input_tokens + output_tokens), 0)::bigint as tokens,
      coalesce(sum(coalesce(listed_micros, cost_micros)), 0)::bigint as micros,
      (select (sum(score_sum) / nullif(sum(scored), 0))::float8 from model_scores
        where organization_id = ${ctx.organizationId} and model = ${model}) as average
    from run_steps where organization_id = ${ctx.organizationId} and model = ${model}`);
}
