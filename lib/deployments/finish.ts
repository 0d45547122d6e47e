import { systemContext } from "#lib/context";
import { type Tx, transaction } from "#lib/db/transaction";
import {
  type Claim,
  type LogLine,
  renewLease,
  switchApp,
  updatePackageDeployed,
  updateStep,
  updateToEnd,
} from "#lib/deployments/claim-queries";
import { insertDeploymentEvent, updatePackageUndeployed } from "#lib/deployments/queries";
import type { StepName } from "#lib/deployments/schema";
import { tellDeployment } from "#lib/deployments/tell";
import { refundDebit } from "#lib/ledger/service";
import { packageKey } from "#lib/packages/address";

/** The deployment is somebody else's meanwhile: whatever this worker still says is void. */
export class LostClaim extends Error {}

const told = (claim: Claim) => {
  const { id, agentAppId, packageId, version, organizationId } = claim;
  const objectKey = packageKey({ organizationId, appId: agentAppId }, packageId);
  return { id, agentAppId, packageId, version, objectKey };
};

/** Baton itself acts, in the request that asked for the deployment. */
export const contextOf = (claim: Claim) => systemContext(claim.organizationId, claim.requestId);

/** A transaction of the worker that has the deployment. Throws a LostClaim when that is another one. */
export function owned<T>(claim: Claim, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(contextOf(claim), async (tx) => {
    if ((await renewLease(tx, claim)) === 0) throw new LostClaim("Another worker has this deployment.");
    return work(tx);
  });
}

/** Records that a step begins. */
export function startStep(claim: Claim, name: StepName): Promise<void> {
  return owned(claim, async (tx) => {
    await updateStep(tx, claim, { name, status: "processing", error: null, log: [] });
    await insertDeploymentEvent(tx, claim.organizationId, claim.id, "step.started", { step: name });
  });
}

/** Records that a step ended, with what it said. */
export function finishStep(claim: Claim, name: StepName, log: LogLine[]): Promise<void> {
  return owned(claim, (tx) => completeStep(tx, claim, name, log));
}

async function completeStep(tx: Tx, claim: Claim, name: StepName, log: LogLine[]): Promise<void> {
  await updateStep(tx, claim, { name, status: "completed", error: null, log });
  await insertDeploymentEvent(tx, claim.organizationId, claim.id, "step.completed", { step: name, log });
}

/** The last step and the end of the deployment are one: its package answers from now on, unless a newer one does. */
export function completeDeployment(claim: Claim, name: StepName, log: LogLine[]): Promise<void> {
  const ctx = contextOf(claim);
  return owned(claim, async (tx) => {
    await updatePackageDeployed(tx, claim);
    const supersededBy = await switchApp(tx, claim);
    const outcome = supersededBy
      ? `A newer deployment (${supersededBy}) is live; this version can be rolled back to.`
      : `Version ${claim.version} is live.`;
    await completeStep(tx, claim, name, [...log, { at: new Date().toISOString(), message: outcome }]);
    const ended = await updateToEnd(tx, claim, { status: "completed", error: null, supersededBy });
    if (!ended) throw new LostClaim("Another worker has this deployment.");
    await tellDeployment(tx, ctx, "deployment.completed", { ...told(claim), ...ended, status: "completed" });
  });
}

export type Failure = { step: StepName; message: string; log: LogLine[] };

/** Ends a deployment without success: the reason is stored, and its credits are given back, once, in one transaction. */
export function failDeployment(claim: Claim, { step, message, log }: Failure): Promise<void> {
  const ctx = contextOf(claim);
  return owned(claim, async (tx) => {
    const ended = await updateToEnd(tx, claim, { status: "failed", error: message, supersededBy: null });
    if (!ended) throw new LostClaim("Another worker has this deployment.");
    await updateStep(tx, claim, { name: step, status: "failed", error: message, log });
    await insertDeploymentEvent(tx, claim.organizationId, claim.id, "step.failed", { step, error: message, log });
    await updatePackageUndeployed(tx, claim.organizationId, claim.packageId, "failed");
    await tellDeployment(tx, ctx, "deployment.failed", { ...told(claim), ...ended, status: "failed", error: message });
    // Last: it locks the organization's credits until the end of the transaction.
    const { debitReference: reference } = claim;
    if (reference)
      await refundDebit(tx, ctx, { reference, description: `Refund: deployment v${claim.version} failed` });
  });
}
