import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import type { NewRun, Run, RunEnd, RunEvent, Step, StoredStep } from "#lib/runs/schema";

type PaidStep = Step & { chargedMicros: number };

/** A run's row as a worker with this number may still write it. */
const ofFence = (fence: number) => sql`fence = ${fence} and status = 'running'`;

/** `leaseSeconds`: how long its worker, or for a queued run its job, is given; null when nobody looks after it. */
export function insertRun(
  tx: Tx,
  ctx: Context,
  id: string,
  run: NewRun,
  status: "queued" | "running",
  leaseSeconds: number | null,
): Promise<number> {
  return tx.run(sql`
    insert into runs (id, organization_id, kind, strategy, status, model, input, cost_micros, api_key_id, user_id,
      request_id, priority, deadline_at, lease_expires_at)
    values (${id}, ${ctx.organizationId}, ${run.kind}, ${run.strategy}, ${status}, ${run.model},
      ${JSON.stringify(run.input ?? null)}, 0, ${keyIdOf(ctx)}, ${userIdOf(ctx)}, ${ctx.requestId},
      ${run.priority ?? 0}, ${run.deadlineAt?.toISOString() ?? null}, now() + make_interval(secs => ${leaseSeconds}))`);
}

/** Takes a waiting run. Touches nothing when another has it, or it has ended. */
export function updateRunToRunning(tx: Tx, ctx: Context, id: string, leaseSeconds: number): Promise<number> {
  return tx.run(sql`
    update runs set status = 'running', lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and organization_id = ${ctx.organizationId} and status = 'queued'`);
}

/** Keeps a run as it is until the transaction ends, so that its events stay in order. 0 when it is not this worker's. */
export function lockRunning(tx: Tx, ctx: Context, id: string, fence: number): Promise<number> {
  return tx.run(sql`
    select id from runs where id = ${id} and organization_id = ${ctx.organizationId} and ${ofFence(fence)} for update`);
}

/**
 * Adds a step's figures to its run and renews the lease. Touches nothing when the run is no longer running, or another
 * worker's. An unknown cost makes the sum unknown.
 */
export function updateRunByStep(
  tx: Tx,
  ctx: Context,
  id: string,
  step: PaidStep,
  { fence, leaseSeconds }: { fence: number; leaseSeconds: number },
): Promise<number> {
  return tx.run(sql`
    update runs set
      input_tokens = input_tokens + ${step.inputTokens},
      output_tokens = output_tokens + ${step.outputTokens},
      cost_micros = cost_micros + ${step.costMicros}::bigint,
      charged_micros = charged_micros + ${step.chargedMicros}::bigint,
      simulated = simulated or ${step.simulated},
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and organization_id = ${ctx.organizationId} and ${ofFence(fence)}`);
}

/** Without a position the step comes after those that are there. */
export function insertStep(tx: Tx, ctx: Context, runId: string, step: PaidStep, position?: number): Promise<number> {
  return tx.run(sql`
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, output, score, feedback,
      error_code, error_kind, error_message, simulated, input_tokens, output_tokens, cost_micros, charged_micros,
      listed_micros, round, latency_ms, account_id)
    select ${uuidv7()}, ${ctx.organizationId}, ${runId}, coalesce(${position ?? null}::int, (
        select count(*) from run_steps where run_id = ${runId} and organization_id = ${ctx.organizationId})), ${step.name},
      ${step.status}, ${step.model}, ${step.provider}, ${step.output}, ${step.score}::numeric, ${step.feedback},
      ${step.errorCode}, ${step.errorKind ?? null}, ${step.errorMessage}, ${step.simulated}, ${step.inputTokens},
      ${step.outputTokens}, ${step.costMicros}::bigint, ${step.chargedMicros}::bigint,
      ${step.listedMicros ?? null}::bigint, ${step.round ?? null}::int, ${step.latencyMs},
      ${step.accountId ?? null}::bigint`);
}

/** Ends a running run. Touches nothing when it has ended already, or is another worker's. */
export function updateRunToEnd(tx: Tx, ctx: Context, id: string, end: RunEnd, fence: number): Promise<number> {
  const isCompleted = end.status === "completed";
  return tx.run(sql`
    update runs set status = ${end.status}, completed_at = now(), lease_expires_at = null,
      output = ${isCompleted ? end.output : null}, score = ${isCompleted ? end.score : null}::numeric,
      model = coalesce(${isCompleted ? end.model : null}, model),
      error_code = ${isCompleted ? null : end.errorCode}, error_message = ${isCompleted ? null : end.errorMessage}
    where id = ${id} and organization_id = ${ctx.organizationId} and ${ofFence(fence)}`);
}

/**
 * Appends to a run's events and tells its followers; answers its number. The run's row must be locked by this transaction.
 * Of events with the same key only the first is stored; the others answer nothing.
 */
export function insertRunEvent(
  tx: Tx,
  ctx: Context,
  runId: string,
  type: string,
  data: Record<string, unknown>,
  key: string | null = null,
): Promise<{ sequence: number } | undefined> {
  const earlier = sql`from run_events where run_id = ${runId} and organization_id = ${ctx.organizationId}`;
  return tx.maybe(sql`
    with added as (
      insert into run_events (run_id, sequence, organization_id, type, data, key)
      select ${runId}, coalesce((select max(sequence) ${earlier}), 0) + 1, ${ctx.organizationId}, ${type},
        ${JSON.stringify(data)}, ${key}::text
      where ${key}::text is null or not exists (select 1 ${earlier} and key = ${key}::text)
      returning run_id, sequence
    )
    select sequence, pg_notify('baton_run_events', run_id::text) as told from added`);
}

/**
 * Ends running runs whose process did not keep its promise to be alive, but for those kinds that another worker goes on
 * with. Answers their ids.
 */
export function updateInterruptedRuns(
  tx: Tx,
  resumable: readonly string[],
  errorMessage: string,
  limit: number,
): Promise<{ id: string }[]> {
  return tx.all<{ id: string }>(sql`
    with lost as (
      select id from runs where status = 'running' and lease_expires_at < now() and kind <> all (${resumable}::text[])
      order by lease_expires_at limit ${limit} for update skip locked
    ), ended as (
      update runs r set status = 'failed', completed_at = now(), lease_expires_at = null, error_code = 'interrupted',
        error_message = ${errorMessage}
      from lost where r.id = lost.id
      returning r.id, r.organization_id
    ), told as (
      insert into run_events (run_id, sequence, organization_id, type, data)
      select e.id, coalesce((select max(v.sequence) from run_events v where v.run_id = e.id), 0) + 1, e.organization_id,
        'run.failed', jsonb_build_object('error_code', 'interrupted', 'error_message', ${errorMessage}::text)
      from ended e
      returning run_id
    )
    select run_id as id, pg_notify('baton_run_events', run_id::text) as told from told`);
}

const runColumns: Sql = sql`
  id, kind, strategy, status, model, output, score::float8 as score, error_code, error_message, simulated, input_tokens,
  output_tokens, cost_micros, charged_micros, api_key_id, user_id, request_id, created_at, completed_at, priority,
  attempts, deadline_at`;

export function selectRuns(tx: Tx, ctx: Context, page: { limit: number; offset: number }): Promise<Run[]> {
  return tx.all<Run>(sql`
    select ${runColumns} from runs where organization_id = ${ctx.organizationId}
    order by created_at desc, id desc limit ${page.limit} offset ${page.offset}`);
}

export function selectRunCount(tx: Tx, ctx: Context): Promise<{ total: number }> {
  return tx.one<{ total: number }>(sql`
    select count(*) as total from runs where organization_id = ${ctx.organizationId}`);
}

export function selectRun(tx: Tx, ctx: Context, id: string): Promise<(Run & { input: unknown }) | undefined> {
  return tx.maybe<Run & { input: unknown }>(sql`
    select ${runColumns}, input from runs where organization_id = ${ctx.organizationId} and id = ${id}`);
}

export function selectSteps(tx: Tx, ctx: Context, runId: string): Promise<StoredStep[]> {
  return tx.all<StoredStep>(sql`
    select id, position, name, status, model, provider, output, score::float8 as score, feedback, error_code, error_kind,
      error_message, simulated, input_tokens, output_tokens, cost_micros, charged_micros, listed_micros, round,
      latency_ms, created_at
    from run_steps where organization_id = ${ctx.organizationId} and run_id = ${runId}
    order by position limit 5000`);
}

/** The run's events after the given sequence number, oldest first. */
export function selectRunEvents(tx: Tx, ctx: Context, runId: string, after = 0): Promise<RunEvent[]> {
  return tx.all<RunEvent>(sql`
    select sequence, type, data, created_at from run_events
    where organization_id = ${ctx.organizationId} and run_id = ${runId} and sequence > ${after}
    order by sequence limit 1000`);
}

/** How many agents and teams of the organization are at work. */
export function selectActiveAgents(tx: Tx, organizationId: string): Promise<{ active: number }> {
  return tx.one<{ active: number }>(sql`
    select count(*) as active from runs
    where organization_id = ${organizationId} and kind in ('agent', 'team') and status in ('queued', 'running')`);
}
