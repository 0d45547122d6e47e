import { requireApp } from "#lib/apps/service";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { type PageQuery, pageOf } from "#lib/page";
import { publicId } from "#lib/pricing/names";
import { follow } from "#lib/realtime/feed";
import { selectRunEvents } from "#lib/runs/queries";
import type { RunEvent } from "#lib/runs/schema";
import { getRun } from "#lib/runs/service";
import { answerOf } from "#lib/runtime/invocations/carry-out";
import { type InvocationRow, selectInvocations } from "#lib/runtime/invocations/queries";
import {
  type Invocation,
  type InvocationDetails,
  type Invocations,
  invocationCredits,
} from "#lib/runtime/invocations/schema";
import { type Invoked, requireInvocation } from "#lib/runtime/invocations/service";

function wire(row: InvocationRow): Invocation {
  const { errorCode: code, errorMessage: message } = row;
  return {
    run_id: row.runId,
    status: row.status,
    mode: row.mode,
    package_version: row.version,
    output: row.output,
    error: code === null ? null : { code, message: message ?? "" },
    model: row.model,
    simulated: row.simulated,
    credits_used: row.isRefunded ? 0 : invocationCredits,
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    created_at: row.createdAt,
    completed_at: row.completedAt,
    quote_id: row.quoteId === null ? null : publicId("quote", row.quoteId),
    ...(row.isCutShort && { quote_limit_reached: true as const }),
  };
}

/** A call with its input and its steps. Throws `not_found`. */
export async function getInvocation(ctx: Context, appId: string, runId: string): Promise<InvocationDetails> {
  const row = await requireInvocation(ctx, appId, runId);
  const { input, steps } = await getRun(ctx, runId);
  const shown = steps.map((step) => ({
    name: step.name,
    status: step.status,
    model: step.model,
    output: step.output,
    score: step.score,
    error: step.errorMessage,
    input_tokens: step.inputTokens,
    output_tokens: step.outputTokens,
    latency_ms: step.latencyMs,
    created_at: step.createdAt,
  }));
  return { invocation: { ...wire(row), input, steps: shown } };
}

/** An app's calls, newest first. Throws `not_found` for the app. */
export async function listInvocations(ctx: Context, appId: string, query?: PageQuery): Promise<Invocations> {
  await requireApp(tenant(ctx), ctx, appId);
  const rows = await selectInvocations(tenant(ctx), ctx, appId, pageOf({ limit: 20, ...query }));
  return { invocations: rows.map(wire) };
}

type Followed = { id?: number; event: string; data: unknown };
const last = ["run.completed", "run.failed", "run.cancelled"];
const ended = ["completed", "failed", "cancelled"];

async function* eventsOf(ctx: Context, runId: string, after: number, isOver: boolean, signal: AbortSignal) {
  const feed = {
    channel: "baton_run_events",
    id: runId,
    read: (seen: number) => selectRunEvents(tenant(ctx), ctx, runId, seen),
    isLast: ({ type }: RunEvent) => last.includes(type),
    isOver: async () => isOver,
  };
  for await (const { sequence, type, data, createdAt } of follow(feed, after, signal))
    yield { id: sequence, event: type, data: { ...data, timestamp: createdAt } };
}

/** The events of a call after a number, as they happen, and its result at the end. Throws `not_found`. */
export async function followInvocation(
  ctx: Context,
  appId: string,
  runId: string,
  after: number,
): Promise<(signal: AbortSignal) => AsyncGenerator<Followed, void>> {
  const { status } = await requireInvocation(ctx, appId, runId);
  return async function* (signal) {
    yield* eventsOf(ctx, runId, after, ended.includes(status), signal);
    if (!signal.aborted) yield resultOf(await requireInvocation(ctx, appId, runId));
  };
}

function resultOf(row: InvocationRow): Followed {
  if (row.status === "completed" && row.output !== null) {
    const data = answerOf({ ...row, output: row.output });
    return { event: "result", data };
  }
  return { event: "error", data: { error: row.errorMessage, code: (row.errorCode ?? "failed").toUpperCase() } };
}

/** The events of a call that this process carries out; its end is told once it is settled, refund included. */
export function followInvoked(
  ctx: Context,
  appId: string,
  { runId, result, isReplay }: Invoked,
): (signal: AbortSignal) => AsyncGenerator<Followed, void> {
  return async function* (signal) {
    yield* eventsOf(ctx, runId, 0, false, signal);
    if (signal.aborted) return;
    if (!isReplay) await result.catch((error: unknown) => error instanceof AppError);
    yield resultOf(await requireInvocation(ctx, appId, runId));
  };
}
