import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { insertDeploymentEvent } from "#lib/deployments/queries";
import { packageUrl } from "#lib/packages/address";
import { recordEvent } from "#lib/records/service";
import { publishWebhook } from "#lib/webhooks/service";

type HookEvent = "deployment.queued" | "deployment.started" | "deployment.completed" | "deployment.failed";

/** What a web hook says of a deployment (payload at C33). */
export type Told = {
  id: string;
  agentAppId: string;
  packageId: string;
  version: string;
  status: string;
  durationSeconds: number;
  /** Null when the package's object is not known to be there. */
  objectKey: string | null;
  error?: string;
};

/** Tells everybody what happened, in the transaction in which it happens: followers, the organization's events, web hooks. */
export async function tellDeployment(tx: Tx, ctx: Context, event: HookEvent, told: Told): Promise<void> {
  const { id, agentAppId: appId, packageId, objectKey } = told;
  const data = {
    deployment_id: id,
    agent_app_id: appId,
    package_id: packageId,
    version: told.version,
    status: told.status,
    duration_seconds: told.durationSeconds,
    s3_url: objectKey === null ? null : packageUrl({ id: packageId, appId, objectKey }),
    ...(told.error !== undefined && { error: told.error }),
  };
  await insertDeploymentEvent(tx, ctx.organizationId, id, event, data);
  await recordEvent(tx, ctx, event, data);
  await publishWebhook(tx, ctx, { event, data, scope: { type: "agent_app", id: appId } });
}
