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

/** A transaction of the worker that has the deployment. Throws a LostClaim, with nothing written, when that is another one. */
export function owned<T>(claim: Claim, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(contextOf(claim), async (tx) => {
    // Not waited for at once: it travels with the statements of the work, which are undone when it touched nothing.
    const kept = renewLease(tx, claim);
    kept.catch(() => undefined);
    const result = await work(tx);
    if ((await kept) === 0) throw new LostClaim("Another worker has this deployment.");
    return result;
  });
}

function begin(tx: Tx, claim: Claim, name: StepName): Promise<unknown>[] {
  return [
    updateStep(tx, claim, { name, status: "processing", error: null, log: [] }),
    insertDeploymentEvent(tx, claim.organizationId, claim.id, "step.started", { step: name }),
  ];
}

function complete(tx: Tx, claim: Claim, name: StepName, log: LogLine[]): Promise<unknown>[] {
  return [
    updateStep(tx, claim, { name, status: "completed", error: null, log }),
    insertDeploymentEvent(tx, claim.organizationId, claim.id, "step.completed", { step: name, log }),
  ];
}

/** Records that a step begins. */
export function startStep(claim: Claim, name: StepName): Promise<unknown> {
  return owned(claim, (tx) => Promise.all(begin(tx, claim, name)));
}

/** Records that a step ended, with what it said, and that the next one begins. */
export function finishStep(claim: Claim, name: StepName, log: LogLine[], next: StepName | undefined): Promise<unknown> {
  return owned(claim, (tx) =>
    Promise.all([...complete(tx, claim, name, log), ...(next ? begin(tx, claim, next) : [])]),
  );
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
    await Promise.all(complete(tx, claim, name, [...log, { at: new Date().toISOString(), message: outcome }]));
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
