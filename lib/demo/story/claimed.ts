import type { Context } from "#lib/context";
import { carryOut } from "#lib/runs/carry-out";
import { claimRun } from "#lib/runs/claim-queries";
import type { Kind } from "#lib/runs/kind";
import { insertRunEvent } from "#lib/runs/queries";

/**
 * Carries out a run that was queued in the open transaction with what `kind` tells instead of models, as its worker would:
 * when the transaction is committed the run is over, and its job finds nothing to do.
 */
export async function carryOutHere(
  ctx: Required<Context>,
  runId: string,
  kind: Kind,
  signal: AbortSignal,
): Promise<void> {
  await kind.lock?.(ctx.tx, ctx, runId);
  const claimed = await claimRun(ctx.tx, ctx, runId);
  if (!claimed) throw new Error("A run that nobody can see yet was taken.");
  await insertRunEvent(ctx.tx, ctx, runId, "run.started", {}, "run.started");
  await kind.started?.(ctx.tx, ctx, runId);
  await carryOut(ctx, claimed, kind, signal);
}
