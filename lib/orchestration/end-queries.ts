import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { StopReason } from "#lib/orchestration/run-queries";

/** Locks the session of a run, before the run itself. */
export function lockSessionOfRun(tx: Tx, ctx: Context, runId: string): Promise<number> {
  return tx.run(sql`
    select s.id from orchestrations o join orchestration_sessions s on s.id = o.session_id
    where o.organization_id = ${ctx.organizationId} and o.run_id = ${runId} for no key update of s`);
}

type End = {
  outcome: "completed" | "failed" | "cancelled";
  stopReason: StopReason | null;
  iterations?: number;
  output?: string;
  score?: number | null;
};

export type Ended = { id: string; threadId: string; sessionId: string; iterations: number; totalMicros: number };

/** Notes how an orchestration ended, and on its thread what it brought. */
export function endOrchestration(tx: Tx, ctx: Context, runId: string, end: End): Promise<Ended> {
  const { outcome, stopReason, iterations = null, output = null, score = null } = end;
  return tx.one(sql`
    with o as (
      update orchestrations set outcome = ${outcome}, stop_reason = ${stopReason}, updated_at = now(), reserved_micros = null,
        reserved_until = null, iterations = coalesce(${iterations}::int, iterations)
      where organization_id = ${ctx.organizationId} and run_id = ${runId}
      returning id, thread_id, session_id, iterations, total_micros
    ), t as (
      update orchestration_threads t set updated_at = now(),
        best_response = case when better then ${output}::text else t.best_response end,
        best_score = case when better then ${score}::numeric else t.best_score end,
        status = case
          when exists (select 1 from orchestrations x where x.thread_id = t.id and x.outcome is null and x.id <> o.id)
            then 'processing'
          when ${outcome} = 'completed' or t.best_response is not null then 'completed'
          when ${outcome} = 'failed' then 'failed'
          else 'open' end
      from o, lateral (
        select ${outcome} = 'completed' and (t2.best_response is null or ${score}::numeric > coalesce(t2.best_score, -1)) as better
        from orchestration_threads t2 where t2.id = o.thread_id) b
      where t.organization_id = ${ctx.organizationId} and t.id = o.thread_id
    )
    select id, thread_id, session_id, iterations, total_micros from o`);
}

/** Puts an event of a run into its session's feed and tells the followers. The session must be locked. */
export function appendToFeed(tx: Tx, ctx: Context, runId: string, runSequence: number): Promise<number> {
  return tx.run(sql`
    with s as (
      update orchestration_sessions s set last_sequence = last_sequence + 1
      from orchestrations o
      where o.organization_id = ${ctx.organizationId} and o.run_id = ${runId} and s.id = o.session_id
      returning s.id, s.last_sequence
    ), added as (
      insert into orchestration_events (session_id, sequence, organization_id, run_id, run_sequence)
      select id, last_sequence, ${ctx.organizationId}, ${runId}, ${runSequence}::int from s
      returning session_id
    )
    select pg_notify('baton_session_events', session_id::text) from added`);
}
