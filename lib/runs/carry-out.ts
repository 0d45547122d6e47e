import type { Context } from "#lib/context";
import { tenant, together, transaction } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { type ClaimedRun, leaseSeconds } from "#lib/runs/claim-queries";
import type { Kind, RunExecution, RunFailure } from "#lib/runs/kind";
import { insertRunEvent, lockRunning, selectSteps } from "#lib/runs/queries";
import { ended, endRun, recordStep, requireOurs, type StepWriting } from "#lib/runs/service";
import { Positions } from "#lib/runs/strategies/positions";
import type { StrategyEvent } from "#lib/runs/strategies/step";

/** Without a deadline of its own a run goes on until its calls are done. */
const longestMs = 24 * 3_600_000;

function writingOf(ctx: Context, { id, fence }: ClaimedRun, kind: Kind): StepWriting {
  return {
    fence,
    leaseSeconds,
    before: async (tx) => kind.lock?.(tx, ctx, id),
    also: async (tx, step) => kind.stepped?.(tx, ctx, id, step),
  };
}

/** Tells followers, once for each key, as the worker that has the run. */
async function tell(
  ctx: Context,
  { id, fence }: ClaimedRun,
  kind: Kind,
  event: { type: string; key: string; data: Record<string, unknown> },
): Promise<void> {
  const { type, key, data } = event;
  await transaction(ctx, async (tx) => {
    const [, , stored] = await together([
      kind.lock?.(tx, ctx, id),
      lockRunning(tx, ctx, id, fence).then(requireOurs),
      insertRunEvent(tx, ctx, id, type, data, key),
    ]);
    if (stored) await kind.told?.(tx, ctx, id, { type, sequence: stored.sequence, data });
  });
}

async function follow(
  ctx: Context,
  claim: ClaimedRun,
  strategy: AsyncGenerator<StrategyEvent, RunExecution["result"]>,
  writing: StepWriting,
): Promise<RunExecution> {
  const steps: RunExecution["steps"] = [];
  let chargedMicros = 0;
  for (;;) {
    const { value, done } = await strategy.next();
    if (done) return { result: value, steps, chargedMicros };
    const { step, stored, charge, position } = value;
    if (stored) chargedMicros += stored.chargedMicros;
    // A call that was cut short is made again by whoever goes on with the run.
    else if (step.status === "cancelled") continue;
    else {
      const placed = position === undefined ? writing : { ...writing, position };
      chargedMicros += await recordStep(ctx, claim.id, step, charge, placed);
    }
    steps.push(step);
  }
}

/** Ends a claimed run without a result, with all that its kind does about it. Nothing when it is not ours any more. */
export function failClaimed(ctx: Context, { id, fence }: ClaimedRun, kind: Kind, failure: RunFailure): Promise<void> {
  return transaction(ctx, async (tx) => {
    const [, isOurs] = await together([kind.lock?.(tx, ctx, id), endRun(tx, ctx, id, failure, fence)]);
    if (isOurs) await kind.fail(tx, ctx, id, failure);
  });
}

function failureOf(error: AppError): RunFailure {
  return { status: "failed", errorCode: (error.reason ?? error.code).toLowerCase(), errorMessage: error.message };
}

/**
 * Carries out a claimed run from its first call that is not stored. Throws the signal's reason when that aborts, a
 * `conflict` when the run is not ours any more, and what is no `AppError`; then the run stays as it is.
 */
export async function carryOut(ctx: Context, claim: ClaimedRun, kind: Kind, signal: AbortSignal): Promise<void> {
  const { id, fence, deadlineAt } = claim;
  const over = new AbortController();
  const parts = {
    signal: AbortSignal.any([signal, over.signal]),
    deadline: deadlineAt === null ? Date.now() + longestMs : Date.parse(deadlineAt),
    steps: new Positions(await selectSteps(tenant(ctx), ctx, id)),
    tell: (type: string, key: string, data: Record<string, unknown>) => tell(ctx, claim, kind, { type, key, data }),
  };
  let execution: RunExecution;
  try {
    const strategy = await kind.begin(ctx, claim, parts);
    execution = await follow(ctx, claim, strategy, writingOf(ctx, claim, kind));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError) || error.reason === "RUN_ENDED") throw error;
    await failClaimed(ctx, claim, kind, failureOf(error));
    return;
  } finally {
    over.abort(new Error("The run is over."));
  }
  const { output, score, model } = execution.result;
  await transaction(ctx, async (tx) => {
    const end = { status: "completed" as const, output, score, model };
    const [, isOurs] = await together([kind.lock?.(tx, ctx, id), endRun(tx, ctx, id, end, fence)]);
    if (!isOurs) throw ended();
    await kind.complete(tx, ctx, id, execution);
  });
}
