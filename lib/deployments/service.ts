import { requireApp } from "#lib/apps/service";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import {
  insertDeployment,
  type ListedDeployment,
  selectDeployment,
  selectDeployments,
  updatePackageUndeployed,
  updateToCancelled,
} from "#lib/deployments/queries";
import {
  costOf,
  type Deployment,
  type DeploymentAnswer,
  type Deployments,
  estimatedSeconds,
  type PreparedDeployment,
  type QueuedDeployment,
  type Rollback,
} from "#lib/deployments/schema";
import { tellDeployment } from "#lib/deployments/tell";
import { deploymentQueue } from "#lib/deployments/worker";
import { publicUrl } from "#lib/env";
import { conflict, notFound } from "#lib/errors";
import { isUuid, uuidv7 } from "#lib/id";
import { debitCredits, refundDebit } from "#lib/ledger/service";
import { packageKey } from "#lib/packages/address";
import type { PackageRow } from "#lib/packages/queries";
import { requirePackage, storePackage } from "#lib/packages/service";
import { type PageQuery, pageOf } from "#lib/page";
import { enqueue } from "#lib/queue/enqueue";
import { recordAudit, recordUsage } from "#lib/records/service";

const unknown = () => notFound("Deployment");
const iso = (time: string) => new Date(time).toISOString();

function wire(row: ListedDeployment): Deployment {
  const open = row.steps.find(({ status }) => status === "failed" || status === "processing");
  return {
    id: row.id,
    status: row.status,
    package_id: row.packageId,
    agent_app_id: row.agentAppId,
    version: row.version,
    created_at: row.createdAt,
    started_at: row.startedAt,
    completed_at: row.completedAt,
    error: row.error,
    progress: {
      current_step: row.status === "processing" || row.status === "failed" ? (open?.name ?? null) : null,
      steps: row.steps.map(({ name, status, started_at, completed_at, error, log }) => ({
        name,
        status,
        log,
        ...(started_at && { started_at: iso(started_at) }),
        ...(completed_at && { completed_at: iso(completed_at) }),
        ...(error && { error }),
      })),
    },
    cost_credits: row.costCredits,
    attempts: row.attempts,
    release_notes: row.releaseNotes,
    is_current: row.isCurrent,
    superseded_by: row.supersededBy,
  };
}

type Order = { appName: string; row: PackageRow; cost: number; releaseNotes: string | null };

/** What must be true together: the deployment with its steps, its job, its usage, its hook, and what it costs. */
async function queueDeployment(tx: Tx, ctx: Context, order: Order): Promise<QueuedDeployment> {
  const { row, cost, appName, releaseNotes } = order;
  const id = uuidv7();
  const what = `Deployment of ${appName} v${row.version}`;
  const debitReference = cost > 0 ? `deployment:${id}` : null;
  const facts = { id, agentAppId: row.agentAppId, packageId: row.id, version: row.version };
  const { createdAt } = await insertDeployment(tx, ctx, { ...facts, costCredits: cost, debitReference, releaseNotes });
  const told = { ...facts, objectKey: row.objectKey, status: "queued", durationSeconds: 0 };
  await tellDeployment(tx, ctx, "deployment.queued", told);
  await recordUsage(tx, ctx, "deployment", what, cost, { agentAppId: row.agentAppId });
  await recordAudit(tx, ctx, "config.change", { type: "deployment", id }, { queued: row.version, cost_credits: cost });
  await enqueue(tx, deploymentQueue, [{}]);
  // Last: it locks the organization's credits until the end of the transaction.
  if (debitReference) await debitCredits(tx, ctx, { amount: cost, description: what, reference: debitReference });
  const origin = publicUrl();
  return {
    deployment: {
      id,
      status: "queued",
      message: "Deployment queued successfully",
      queued_at: createdAt,
      estimated_duration_seconds: estimatedSeconds,
    },
    package: { id: row.id, version: row.version, size_bytes: row.size, status: row.status },
    tracking: {
      status_url: `${origin}/api/deployments/${id}`,
      webhook_url: `${origin}/api/agent-apps/${row.agentAppId}/webhooks`,
    },
  };
}

/**
 * Queues the deployment of a package whose object is in the store already, and charges it. Throws `validation` when its
 * version was taken meanwhile and `payment_required`; then nothing is written.
 */
export function createDeployment(
  ctx: Context,
  { prepared, releaseNotes }: PreparedDeployment,
): Promise<QueuedDeployment> {
  return transaction(ctx, async (tx) => {
    const row = await storePackage(tx, ctx, prepared, "uploading");
    const cost = costOf(row.size);
    return queueDeployment(tx, ctx, { appName: prepared.app.name, row, cost, releaseNotes });
  });
}

/**
 * Deploys a package that the app has already. One that was live before costs nothing again. Throws `not_found` and
 * `payment_required`.
 */
export function rollBack(ctx: Context, appId: string, input: Rollback): Promise<QueuedDeployment> {
  return transaction(ctx, async (tx) => {
    const app = await requireApp(tx, ctx, appId, "share");
    const row = await requirePackage(tx, ctx, appId, input.package_id, "share");
    const cost = row.status === "deployed" ? 0 : costOf(row.size);
    return queueDeployment(tx, ctx, { appName: app.name, row, cost, releaseNotes: input.release_notes ?? null });
  });
}

/** A deployment with its steps. Throws `not_found`. */
export async function getDeployment(ctx: Context, id: string): Promise<DeploymentAnswer> {
  const row = isUuid(id) ? await selectDeployment(tenant(ctx), ctx, id) : undefined;
  if (!row) throw unknown();
  return { deployment: wire(row) };
}

/** An app's deployments, newest first. Throws `not_found` for the app. */
export async function listDeployments(ctx: Context, appId: string, query?: PageQuery): Promise<Deployments> {
  await requireApp(tenant(ctx), ctx, appId);
  const page = pageOf({ limit: 20, ...query });
  return { deployments: (await selectDeployments(tenant(ctx), ctx, appId, page)).map(wire) };
}

const cancelledMessage = "The deployment was cancelled before it ran.";

/** Ends a queued deployment and gives its credits back. Throws `conflict` once a worker has begun, and `not_found`. */
export async function cancelDeployment(ctx: Context, id: string): Promise<DeploymentAnswer> {
  if (!isUuid(id)) throw unknown();
  await transaction(ctx, async (tx) => {
    const row = await updateToCancelled(tx, ctx, id, cancelledMessage);
    if (!row) {
      const found = await selectDeployment(tx, ctx, id);
      if (!found) throw unknown();
      throw conflict(
        `Only a queued deployment can be cancelled; this one is ${found.status}.`,
        "DEPLOYMENT_NOT_QUEUED",
      );
    }
    const { organizationId, agentAppId: appId, packageId, version, debitReference: reference } = row;
    await updatePackageUndeployed(tx, organizationId, packageId, "uploaded");
    const told = { id, agentAppId: appId, packageId, version, status: "cancelled", durationSeconds: 0 };
    const objectKey = packageKey({ organizationId, appId }, packageId);
    await tellDeployment(tx, ctx, "deployment.failed", { ...told, objectKey, error: cancelledMessage });
    await recordAudit(tx, ctx, "config.change", { type: "deployment", id }, { cancelled: version });
    if (reference)
      await refundDebit(tx, ctx, { reference, description: `Refund: deployment v${version} was cancelled` });
  });
  return getDeployment(ctx, id);
}
