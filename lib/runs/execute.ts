import type { Context } from "#lib/context";
import { AppError, conflict } from "#lib/errors";
import { log } from "#lib/log";
import type { Step } from "#lib/runs/schema";
import { failRun, recordStep } from "#lib/runs/service";
import type { StrategyEvent, StrategyResult } from "#lib/runs/strategies/step";

/** `chargedMicros`: what all steps together were charged. */
export type Execution<R = StrategyResult> = { result: R; steps: Step[]; chargedMicros: number };

function endOf(error: unknown, signal: AbortSignal) {
  if (signal.aborted) {
    return { status: "cancelled" as const, errorCode: "cancelled", errorMessage: "The run was cancelled." };
  }
  const known = error instanceof AppError ? error : new AppError("internal", "The run failed.");
  const errorCode = (known.reason ?? known.code).toLowerCase();
  return { status: "failed" as const, errorCode, errorMessage: known.message };
}

/**
 * Follows a strategy to its result and stores each step as it comes. When the strategy fails, the run is stored as failed
 * and the failure goes on; when `signal` aborted, as cancelled, and a `conflict` is thrown. A result still has to be stored by `completeRun`.
 */
export async function execute<R = StrategyResult>(
  ctx: Context,
  runId: string,
  strategy: AsyncGenerator<StrategyEvent, R>,
  signal: AbortSignal,
): Promise<Execution<R>> {
  const steps: Step[] = [];
  let chargedMicros = 0;
  try {
    for (;;) {
      const { value, done } = await strategy.next();
      if (done) return { result: value, steps, chargedMicros };
      chargedMicros += await recordStep(ctx, runId, value.step, value.charge);
      steps.push(value.step);
    }
  } catch (error) {
    await failRun(ctx, runId, endOf(error, signal)).catch((err) => log.error({ err, runId }, "run was not ended"));
    throw signal.aborted ? conflict("The run was cancelled.", "RUN_CANCELLED") : error;
  }
}
