import { z } from "zod";
import { type Context, systemContext } from "#lib/context";
import { system, systemTransaction, type Tx, tenant, together, transaction } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { enqueue } from "#lib/queue/enqueue";
import { defineQueue } from "#lib/queue/queue";
import { carryOut, failClaimed } from "#lib/runs/carry-out";
import {
  type ClaimedRun,
  claimExhausted,
  claimRun,
  queuedSeconds,
  releaseClaim,
  requeueLost,
  selectState,
} from "#lib/runs/claim-queries";
import { holdRun, LostRun } from "#lib/runs/hold";
import type { Kind } from "#lib/runs/kind";
import { findKind, resumableKinds } from "#lib/runs/kinds";
import { insertRun, insertRunEvent } from "#lib/runs/queries";
import type { NewRun } from "#lib/runs/schema";

/** A run whose worker died so often takes its worker with it: it is failed. */
const attemptsMax = 5;
const lostAtOnce = 100;

/** Higher is begun first. */
export const priorities = { low: -10, normal: 0, high: 10 } as const;

/** Whoever asked for a run is who its usage belongs to. */
function contextOf({ organizationId, apiKeyId, userId, requestId }: ClaimedRun): Context {
  const ctx = systemContext(organizationId, requestId);
  if (apiKeyId) return { ...ctx, actor: { type: "apiKey", keyId: apiKeyId, userId, scopes: [] } };
  return userId ? { ...ctx, actor: { type: "user", userId, email: "", role: "member", scopes: [] } } : ctx;
}

/** Takes a run for this worker alone; followers hear that it started, or goes on. */
function claim(asker: Context, runId: string, kind: Kind): Promise<ClaimedRun | undefined> {
  return transaction(asker, async (tx) => {
    const [, claimed] = await together([kind.lock?.(tx, asker, runId), claimRun(tx, asker, runId)]);
    if (!claimed) return undefined;
    const started = await insertRunEvent(tx, asker, runId, "run.started", {}, "run.started");
    if (started) await kind.started?.(tx, asker, runId);
    else await insertRunEvent(tx, asker, runId, "run.resumed", { attempt: claimed.attempts });
    return claimed;
  });
}

/** Gives a run back, with a job for the next worker: that of this one may be tried again before the run is free. */
async function handBack(ctx: Context, claimed: ClaimedRun): Promise<void> {
  await transaction(ctx, async (tx) => {
    if ((await releaseClaim(tx, claimed)) > 0) await enqueueJob(tx, claimed.organizationId, claimed.id);
  });
}

async function work(organizationId: string, runId: string, stop: AbortSignal): Promise<void> {
  const asker = systemContext(organizationId);
  const state = await selectState(tenant(asker), asker, runId);
  const kind = state && findKind(state.kind);
  const claimed = kind && (await claim(asker, runId, kind));
  if (!claimed) return;
  const ctx = contextOf(claimed);
  const hold = holdRun(claimed);
  try {
    await carryOut(ctx, claimed, kind, AbortSignal.any([hold.signal, stop]));
  } catch (error) {
    const isOver = error instanceof LostRun || (error instanceof AppError && error.reason === "RUN_ENDED");
    if (isOver || hold.signal.aborted) return;
    if (stop.aborted) await handBack(ctx, claimed);
    // Otherwise the lease ends by itself, which keeps a failure that lasts from going round at full speed.
    else log.error({ err: error, runId }, "a run was left to the next worker");
  } finally {
    hold.release();
  }
}

/** One job a run. A job that finds nothing to do is harmless: the run's own row says who works on it. */
export const runQueue = defineQueue({
  name: "runs.execute",
  data: z.object({ organizationId: z.uuid(), runId: z.uuid() }),
  // Most of a run is waiting for models.
  concurrency: 32,
  group: { of: ({ organizationId }) => organizationId, concurrency: 16 },
  expireSeconds: 7_200,
  handler: ({ organizationId, runId }, { signal }) => work(organizationId, runId, signal),
});

function enqueueJob(tx: Tx, organizationId: string, runId: string, priority = 0): Promise<void> {
  return enqueue(tx, runQueue, [{ organizationId, runId }], { priority });
}

/** Stores a run for the workers, with its job, in the caller's transaction. Followers see `run.queued`. */
export async function enqueueRun(tx: Tx, ctx: Context, id: string, run: NewRun): Promise<void> {
  await insertRun(tx, ctx, id, run, "queued", queuedSeconds);
  await insertRunEvent(tx, ctx, id, "run.queued", { kind: run.kind, strategy: run.strategy });
  await enqueueJob(tx, ctx.organizationId, id, run.priority);
}

/**
 * Part of every worker's upkeep: gives runs whose worker is gone to the others, and fails those that killed theirs too
 * often. Any number of processes may do this at once. Answers how many runs were looked after.
 */
export async function recoverRuns(): Promise<number> {
  const requeued = await systemTransaction(async (tx) => {
    const runs = await requeueLost(tx, resumableKinds, attemptsMax, lostAtOnce);
    for (const { id, organizationId, priority, wasRunning } of runs) {
      if (wasRunning) await insertRunEvent(tx, systemContext(organizationId), id, "run.requeued", {});
      await enqueueJob(tx, organizationId, id, priority);
    }
    return runs.length;
  });
  for (let failed = 0; ; failed++) {
    const lost = failed < lostAtOnce ? await claimExhausted(system, resumableKinds, attemptsMax) : undefined;
    const kind = lost && findKind(lost.kind);
    if (!kind) return requeued + failed;
    const errorMessage = `The process that worked on this run stopped before it was done, ${attemptsMax} times.`;
    await failClaimed(contextOf(lost), lost, kind, { status: "failed", errorCode: "interrupted", errorMessage });
  }
}
