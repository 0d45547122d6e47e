import { z } from "zod";
import { systemTransaction } from "#lib/db/transaction";
import {
  type Claim,
  claimExhausted,
  claimOldest,
  lockClaims,
  requeueStuck,
  selectStepStates,
} from "#lib/deployments/claim-queries";
import { contextOf, failDeployment } from "#lib/deployments/finish";
import { type Processed, processClaim } from "#lib/deployments/process";
import { insertDeploymentEvent, selectQueuedCount } from "#lib/deployments/queries";
import { attemptsMax } from "#lib/deployments/schema";
import { type PipelineStep, pipelineSteps } from "#lib/deployments/steps";
import { tellDeployment } from "#lib/deployments/tell";
import { env } from "#lib/env";
import { packageKey } from "#lib/packages/address";
import { enqueue } from "#lib/queue/enqueue";
import { defineQueue } from "#lib/queue/queue";

const stuckAtOnce = 100;
const never = new AbortController().signal;

/** Takes the oldest deployment that may run now, for this worker alone; followers hear that it started. */
export function claimNext(): Promise<Claim | undefined> {
  return systemTransaction(async (tx) => {
    await lockClaims(tx);
    const claim = await claimOldest(tx, env().DEPLOYMENT_CONCURRENCY);
    if (!claim) return undefined;
    const { id, organizationId, agentAppId, packageId, version, attempts } = claim;
    const objectKey = packageKey({ organizationId, appId: agentAppId }, packageId);
    const told = { id, agentAppId, packageId, version, objectKey, durationSeconds: 0, status: "processing" };
    if (claim.isFirst) await tellDeployment(tx, contextOf(claim), "deployment.started", told);
    else await insertDeploymentEvent(tx, organizationId, id, "deployment.resumed", { attempt: attempts });
    return claim;
  });
}

/**
 * Gives the deployments of workers that are gone or stuck back to the queue; those that were tried three times fail, with
 * their refund. Any number of processes may do this at once. Answers how many were taken.
 */
export async function recoverStuck(): Promise<number> {
  const requeued = await systemTransaction(async (tx) => {
    const rows = await requeueStuck(tx, stuckAtOnce);
    for (const { id, organizationId } of rows)
      await insertDeploymentEvent(tx, organizationId, id, "deployment.requeued", {});
    return rows.length;
  });
  for (let failed = 0; ; failed++) {
    const claim = failed < stuckAtOnce ? await systemTransaction(claimExhausted) : undefined;
    if (!claim) return requeued + failed;
    const message = `The deployment was interrupted ${attemptsMax} times.`;
    await failDeployment(claim, { step: await openStep(claim), message, log: [] });
  }
}

async function openStep(claim: Claim) {
  const states = await systemTransaction((tx) => selectStepStates(tx, claim));
  return states.find(({ status }) => status !== "completed")?.name ?? "finalize";
}

export type ProcessedOne = { id: string; outcome: Processed; seconds: number };

/** Carries out the oldest deployment that may run now; nothing when there is none. */
export async function processNext(
  stop: AbortSignal = never,
  steps: readonly PipelineStep[] = pipelineSteps,
): Promise<ProcessedOne | undefined> {
  const startedAt = performance.now();
  const claim = await claimNext();
  if (!claim) return undefined;
  const outcome = await processClaim(claim, steps, stop);
  return { id: claim.id, outcome, seconds: Math.round(performance.now() - startedAt) / 1_000 };
}

/**
 * A job says only that there is something to do: which deployment is next, and whether its organization has room for it,
 * is decided when a worker takes it. A worker that ends one looks for another, so that none waits for a job of its own.
 */
export const deploymentQueue = defineQueue({
  name: "deployments.process",
  data: z.object({}),
  concurrency: 4,
  expireSeconds: 3_600,
  async handler(_data, { signal }) {
    while (!signal.aborted && (await processNext(signal)));
  },
});

/** Part of every worker's upkeep: takes back what others left, and wakes the workers when something waits. */
export async function maintainDeployments(): Promise<void> {
  await recoverStuck();
  await systemTransaction(async (tx) => {
    const { queued } = await selectQueuedCount(tx);
    if (queued > 0) await enqueue(tx, deploymentQueue, [{}]);
  });
}
