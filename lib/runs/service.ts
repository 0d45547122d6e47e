import type { Context } from "#lib/context";
import { system, type Tx, together, transaction } from "#lib/db/transaction";
import { env } from "#lib/env";
import { conflict, notFound } from "#lib/errors";
import { isUuid, uuidv7 } from "#lib/id";
import { settleHoldWithin } from "#lib/ledger/service";
import { type Charge, closeUnrecorded } from "#lib/models/metering";
import {
  insertRun,
  insertRunEvent,
  insertStep,
  lockRunning,
  selectRun,
  selectRunCount,
  selectRunEvents,
  selectRuns,
  selectSteps,
  updateInterruptedRuns,
  updateRunByStep,
  updateRunToEnd,
  updateRunToRunning,
} from "#lib/runs/queries";
import { readableRun } from "#lib/runs/readable";
import type { NewRun, Run, RunDetails, RunEnd, RunKind, Step } from "#lib/runs/schema";

const graceSeconds = 15;
const interruptedMessage = "The process that worked on this run stopped before it was done.";

/** A run is given up when no step arrives within the longest call and some grace. */
function leaseSeconds(): number {
  const { MODEL_TIMEOUT_SECONDS, RUNTIME_TIMEOUT_SECONDS } = env();
  return Math.max(MODEL_TIMEOUT_SECONDS, RUNTIME_TIMEOUT_SECONDS) + graceSeconds;
}

/** Begins a run in state `running`. Followers see `run.started`. */
export function startRun(ctx: Context, run: NewRun): Promise<{ id: string }> {
  const id = uuidv7();
  return transaction(ctx, async (tx) => {
    const started = { kind: run.kind, strategy: run.strategy };
    await Promise.all([
      insertRun(tx, ctx, id, run, "running", leaseSeconds()),
      insertRunEvent(tx, ctx, id, "run.started", started),
    ]);
    return { id };
  });
}

/** Stores a run that a worker will begin. Followers see `run.queued`. */
export function queueRun(ctx: Context, id: string, run: NewRun): Promise<void> {
  return transaction(ctx, async (tx) => {
    await insertRun(tx, ctx, id, run, "queued", null);
    await insertRunEvent(tx, ctx, id, "run.queued", { kind: run.kind, strategy: run.strategy });
  });
}

/** Begins a waiting run; false when another worker has it, or it has ended. */
export function beginRun(ctx: Context, id: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    if ((await updateRunToRunning(tx, ctx, id, leaseSeconds())) === 0) return false;
    await insertRunEvent(tx, ctx, id, "run.started", {});
    return true;
  });
}

/** Tells followers of a running run what happens in it beside its steps; a key that was told before is not told again. */
export async function tellRun(
  ctx: Context,
  id: string,
  type: string,
  data: Record<string, unknown>,
  key?: string,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    if ((await lockRunning(tx, ctx, id, 0)) > 0) await insertRunEvent(tx, ctx, id, type, data, key);
  });
}

/** What a late worker is told. */
export function ended(): Error {
  return conflict("The run has already ended.", "RUN_ENDED");
}

/** For the write that finds a run only while it is the worker's own: what was sent after it is undone when it did not. */
export function requireOurs(rows: number): void {
  if (rows === 0) throw ended();
}

async function settle(tx: Tx, { hold, micros }: Charge): Promise<number> {
  return (await settleHoldWithin(tx, hold, micros)).chargedMicros;
}

/** Who writes a step, and what must be true together with it. */
export type StepWriting = {
  /** Its place in the run; after the others unless said. */
  position?: number;
  /** The number of the worker that has the run; 0 for work that no other takes over. */
  fence?: number;
  leaseSeconds?: number;
  /** Locks what `also` writes, before the run's own row is locked. */
  before?: (tx: Tx) => Promise<unknown>;
  also?: (tx: Tx, step: Step) => Promise<unknown>;
};

/**
 * Stores a model call of a running run, charges it, renews the run's lease and tells followers; answers the micro-dollars
 * charged. Throws `conflict` when the run has ended or is another worker's; the call is then charged to nobody.
 */
export async function recordStep(
  ctx: Context,
  runId: string,
  step: Step,
  charge: Charge | null = null,
  writing: StepWriting = {},
): Promise<number> {
  const { name, status, model, score, inputTokens, outputTokens } = step;
  const seen = { name, model, score, input_tokens: inputTokens, output_tokens: outputTokens };
  const { fence = 0, position } = writing;
  try {
    return await transaction(ctx, async (tx) => {
      // Others wait for what is locked here, so nothing is waited for that need not be.
      const locking = writing.before?.(tx);
      const chargedMicros = charge ? (await together([locking, settle(tx, charge)]))[1] : 0;
      const paid = { ...step, chargedMicros };
      const held = { fence, leaseSeconds: writing.leaseSeconds ?? leaseSeconds() };
      await together([
        locking,
        updateRunByStep(tx, ctx, runId, paid, held).then(requireOurs),
        insertStep(tx, ctx, runId, paid, position),
        insertRunEvent(tx, ctx, runId, `step.${status}`, { ...seen, error_code: step.errorCode }),
        writing.also?.(tx, step),
      ]);
      return chargedMicros;
    });
  } catch (error) {
    await closeUnrecorded(charge?.hold ?? null);
    throw error;
  }
}

/** Ends a run of this worker and tells followers; false when it has ended already, or is another worker's. */
export async function endRun(tx: Tx, ctx: Context, runId: string, end: RunEnd, fence = 0): Promise<boolean> {
  const { status } = end;
  const seen =
    end.status === "completed"
      ? { score: end.score, model: end.model }
      : { error_code: end.errorCode, error_message: end.errorMessage };
  if ((await updateRunToEnd(tx, ctx, runId, end, fence)) === 0) return false;
  await insertRunEvent(tx, ctx, runId, `run.${status}`, seen);
  return true;
}

/** Ends a run with its result. Throws `conflict` when it has ended already: a late worker's result is void. */
export async function completeRun(
  ctx: Context,
  runId: string,
  result: { output: string; score: number | null; model: string | null },
): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (!(await endRun(tx, ctx, runId, { status: "completed", ...result }))) throw ended();
  });
}

/** Ends a run without a result. Does nothing when it has ended already. */
export async function failRun(
  ctx: Context,
  runId: string,
  end: { status: "failed" | "cancelled"; errorCode: string; errorMessage: string },
): Promise<void> {
  await transaction(ctx, (tx) => endRun(tx, ctx, runId, end));
}

/**
 * Ends the runs of all organizations whose process died and that no other takes over. Called from time to time; answers
 * how many there were.
 */
export async function failInterruptedRuns(resumable: readonly RunKind[] = []): Promise<number> {
  return (await updateInterruptedRuns(system, resumable, interruptedMessage, 100)).length;
}

/** The organization's runs, newest first. */
export function listRuns(
  ctx: Context,
  page: { limit: number; offset: number },
): Promise<{ items: Run[]; total: number }> {
  return transaction(ctx, async (tx) => {
    const [items, { total }] = await Promise.all([selectRuns(tx, ctx, page), selectRunCount(tx, ctx)]);
    return { items, total };
  });
}

/** A run with its steps and events. Throws `not_found`. */
export async function getRun(ctx: Context, id: string): Promise<RunDetails> {
  if (!isUuid(id)) throw notFound("Run");
  return transaction(ctx, async (tx) => {
    const [run, steps, events] = await Promise.all([
      selectRun(tx, ctx, id),
      selectSteps(tx, ctx, id),
      selectRunEvents(tx, ctx, id),
    ]);
    if (!run) throw notFound("Run");
    return readableRun(tx, ctx, { ...run, steps, events });
  });
}
