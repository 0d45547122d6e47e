import { DatabaseError } from "pg";
import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { log } from "#lib/log";
import type { CompletionOutcome } from "#lib/models/completion";
import { singleton } from "#lib/singleton";

/** At most so many records in one statement, so that none grows without bound under load. */
const batchMax = 500;

type Waiting = { row: Record<string, unknown>; resolve(): void; reject(error: unknown): void };

type Recorder = { waiting: Waiting[]; flushing: Promise<void> | undefined };
const recorder = singleton<Recorder>("runs.recorder", () => ({ waiting: [], flushing: undefined }));

// A row of each table from one list, in one statement: one round trip and one flush of the write-ahead log for all.
const insertRecords = (rows: string) => sql`
  with record as (
    select * from json_to_recordset(${rows}::json) as r (
      run_id uuid, step_id uuid, usage_id uuid, organization_id uuid, status text, model text, provider text,
      simulated boolean, input_tokens bigint, output_tokens bigint, cost_micros bigint, latency_ms integer,
      error_code text, error_message text, api_key_id uuid, user_id uuid, request_id text, started_at timestamptz)
  ), run as (
    insert into runs (id, organization_id, kind, strategy, status, model, error_code, error_message, simulated,
      input_tokens, output_tokens, cost_micros, api_key_id, user_id, request_id, created_at, completed_at)
    select run_id, organization_id, 'completion', 'passthrough', status, model, error_code, error_message, simulated,
      input_tokens, output_tokens, cost_micros, api_key_id, user_id, request_id, started_at, now() from record
  ), step as (
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, error_code,
      error_message, simulated, input_tokens, output_tokens, cost_micros, latency_ms, created_at)
    select step_id, organization_id, run_id, 0, 'generate', status, model, provider, error_code,
      error_message, simulated, input_tokens, output_tokens, cost_micros, latency_ms, started_at from record
  )
  insert into usage_events (id, organization_id, type, description, api_key_id, user_id)
  select usage_id, organization_id, 'invocation', 'Completion with ' || model, api_key_id, user_id from record
  where input_tokens + output_tokens > 0`;

function insert(batch: Waiting[]): Promise<number> {
  return system.run(insertRecords(JSON.stringify(batch.map(({ row }) => row))));
}

/** One record that the database refuses (its organization was just deleted) must not take the others with it. */
async function afterRefusal(batch: Waiting[], error: unknown): Promise<void> {
  if (batch.length === 1 || !(error instanceof DatabaseError)) {
    for (const { reject } of batch) reject(error);
    return;
  }
  log.warn({ err: error, records: batch.length }, "a batch of run records was refused, trying them one by one");
  for (const waiting of batch) await insert([waiting]).then(waiting.resolve, waiting.reject);
}

async function flush(): Promise<void> {
  while (recorder.waiting.length > 0) {
    const batch = recorder.waiting.splice(0, batchMax);
    try {
      await insert(batch);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      await afterRefusal(batch, error);
    }
  }
}

/**
 * Stores a pass-through call: run, step and usage. Resolves when they are committed. Calls that end while a statement
 * is in flight share the next one; without any in flight there is no wait.
 */
export function recordCompletion(ctx: Context, outcome: CompletionOutcome): Promise<void> {
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
  };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  recorder.waiting.push({ row, resolve, reject });
  recorder.flushing ??= flush().finally(() => {
    recorder.flushing = undefined;
  });
  return promise;
}

/** Resolves when everything that was handed over is stored; for shutdown. */
export async function flushRecords(): Promise<void> {
  await recorder.flushing;
}
