import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { batch } from "#lib/db/batch";
import { empty, sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { settlementsJson } from "#lib/ledger/serialize";
import type { CompletionOutcome } from "#lib/models/completion";
import type { Charge } from "#lib/models/metering";

type Recorded = { row: Record<string, unknown>; earlier: Record<string, unknown>[]; charge: Charge | null };

/** The models of a chain that failed before, as steps of the same run that cost nothing. */
const insertEarlier = (rows: string) => sql`
  , failed as (
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, error_code,
      error_message, simulated, cost_micros, latency_ms, created_at)
    select step_id, organization_id, run_id, position, 'generate', 'failed', model, provider, error_code,
      error_message, simulated, 0, latency_ms, started_at
    from json_to_recordset(${rows}::json) as f (
      step_id uuid, organization_id uuid, run_id uuid, position integer, model text, provider text, error_code text,
      error_message text, simulated boolean, latency_ms integer, started_at timestamptz)
  )`;

// A row of each table from one list, in one statement: one round trip and one flush of the write-ahead log for all. The
// holds of its calls are settled in it too, so that a call is charged exactly when it is recorded.
const insertRecords = (rows: string, earlier: string | null, settlements: string | null) => sql`
  with record as (
    select *, ${settlements === null ? sql`0::bigint` : sql`coalesce(charged, 0)`} as charged_micros
    from json_to_recordset(${rows}::json) as r (
      run_id uuid, step_id uuid, usage_id uuid, organization_id uuid, status text, model text, provider text,
      simulated boolean, input_tokens bigint, output_tokens bigint, cost_micros bigint, latency_ms integer,
      error_code text, error_message text, api_key_id uuid, user_id uuid, request_id text, started_at timestamptz,
      position integer, account_id bigint, settlement integer)
    ${settlements === null ? empty : sql`left join baton.settle_holds(${settlements}::json) as s (number, outcome, charged) on number = settlement`}
  ), run as (
    insert into runs (id, organization_id, kind, strategy, status, model, error_code, error_message, simulated,
      input_tokens, output_tokens, cost_micros, charged_micros, api_key_id, user_id, request_id, created_at, completed_at)
    select run_id, organization_id, 'completion', 'passthrough', status, model, error_code, error_message, simulated,
      input_tokens, output_tokens, cost_micros, charged_micros, api_key_id, user_id, request_id, started_at, now()
    from record
  ), step as (
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, error_code,
      error_message, simulated, input_tokens, output_tokens, cost_micros, charged_micros, latency_ms, account_id, created_at)
    select step_id, organization_id, run_id, position, 'generate', status, model, provider, error_code,
      error_message, simulated, input_tokens, output_tokens, cost_micros, charged_micros, latency_ms, account_id, started_at
    from record
  )${earlier === null ? empty : insertEarlier(earlier)}
  insert into usage_events (id, organization_id, type, description, value, api_key_id, user_id, model, run_id, cost_micros)
  select usage_id, organization_id, 'invocation', 'Completion with ' || model, nullif(charged_micros, 0) / 10000.0,
    api_key_id, user_id, model, run_id, case when simulated then 0 else cost_micros end
  from record where input_tokens + output_tokens > 0`;

/** Accounts are drawn on in one order by everybody, so that no two statements wait for each other. */
function inOrderOfAccounts(records: Recorded[]): Recorded[] {
  if (records.every(({ row }) => row.account_id === null)) return records;
  const place = ({ row }: Recorded) => `${row.organization_id} ${String(row.account_id ?? 0).padStart(20, "0")}`;
  return records.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}

async function insert(records: Recorded[]): Promise<undefined[]> {
  const charges: Charge[] = [];
  const ordered = inOrderOfAccounts(records);
  const rows = ordered.map(({ row, charge }) => ({ ...row, settlement: charge ? charges.push(charge) : null }));
  const settlements = charges.map(({ hold, micros }) => ({ ...hold, micros }));
  const earlier = ordered.flatMap((record) => record.earlier);
  const failed = earlier.length > 0 ? JSON.stringify(earlier) : null;
  await system.run(
    insertRecords(JSON.stringify(rows), failed, charges.length > 0 ? settlementsJson(settlements) : null),
  );
  return [];
}

const recorder = batch<Recorded, undefined>("runs.recorder", insert);

/**
 * Stores a pass-through call: run, step, usage and what it is charged. Resolves when they are committed. Calls that end
 * together or while a statement is in flight share one.
 */
export async function recordCompletion(
  ctx: Context,
  outcome: CompletionOutcome,
  charge: Charge | null = null,
): Promise<void> {
  const { earlier: attempts = [] } = outcome;
  const row = {
    run_id: uuidv7(),
    step_id: uuidv7(),
    usage_id: uuidv7(),
    organization_id: ctx.organizationId,
    status: outcome.status,
    model: outcome.model,
    provider: outcome.provider,
    simulated: outcome.simulated,
    input_tokens: outcome.inputTokens,
    output_tokens: outcome.outputTokens,
    cost_micros: outcome.costMicros,
    latency_ms: outcome.latencyMs,
    error_code: outcome.errorCode,
    error_message: outcome.errorMessage,
    api_key_id: keyIdOf(ctx),
    user_id: userIdOf(ctx),
    request_id: ctx.requestId,
    started_at: new Date(Date.now() - outcome.latencyMs).toISOString(),
    position: attempts.length,
    account_id: outcome.accountId,
  };
  const earlier = attempts.map((attempt, position) => ({
    step_id: uuidv7(),
    organization_id: ctx.organizationId,
    run_id: row.run_id,
    position,
    model: attempt.model,
    provider: attempt.provider,
    simulated: attempt.simulated,
    latency_ms: attempt.latencyMs,
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    started_at: row.started_at,
  }));
  await recorder.submit({ row, earlier, charge });
}

/** Resolves when everything that was handed over is stored; for shutdown. */
export function flushRecords(): Promise<void> {
  return recorder.flush();
}
