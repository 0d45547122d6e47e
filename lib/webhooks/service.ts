import type { Context } from "#lib/context";
import { system, systemTransaction, type Tx } from "#lib/db/transaction";
import { enqueue } from "#lib/queue/enqueue";
import {
  claimOverdue,
  deleteOldDeliveries,
  insertDeliveries,
  insertDeliveriesOfMany,
} from "#lib/webhooks/deliveries/queries";
import type { WebhookEvent, WebhookScope } from "#lib/webhooks/events";
import { webhookDeliveries } from "#lib/webhooks/jobs";
import { deleteEndpoints, deletePreviousSecrets } from "#lib/webhooks/register/queries";

const keptDays = 30;
const deletedPerRound = 2_000;
const overdueMinutes = 15;
const overduePerRound = 500;

export type Publication = {
  event: WebhookEvent;
  /** Becomes the payload's `data`. No secrets. */
  data: Record<string, unknown>;
  /** Where it happened: an app, or the organization as a whole. */
  scope: WebhookScope;
};

/** The exact text that is sent and signed. */
export function payloadOf(event: string, data: Record<string, unknown>, now = new Date()): string {
  return JSON.stringify({ event, timestamp: now.toISOString(), data });
}

/**
 * Tells every active web hook that wants the event: stores and queues a delivery for each in the transaction in which it
 * happens. Answers how many. The order in which deliveries arrive is not promised.
 */
export async function publishWebhook(tx: Tx, ctx: Context, { event, data, scope }: Publication): Promise<number> {
  const { organizationId } = ctx;
  const made = await insertDeliveries(tx, organizationId, event, payloadOf(event, data), scope);
  const jobs = made.map(({ id, endpointId }) => ({ organizationId, deliveryId: id, endpointId, tries: 0 }));
  await enqueue(tx, webhookDeliveries, jobs);
  return made.length;
}

/** The same for an event in several organizations, each as a whole, with Baton's own rights. Answers how many. */
export async function publishWebhooks(
  tx: Tx,
  event: WebhookEvent,
  happened: { organizationId: string; data: Record<string, unknown> }[],
): Promise<number> {
  const payloads = happened.map(({ organizationId, data }) => ({ organizationId, payload: payloadOf(event, data) }));
  const made = await insertDeliveriesOfMany(tx, event, payloads);
  const jobs = made.map(({ id, endpointId, organizationId }) => ({
    organizationId,
    deliveryId: id,
    endpointId,
    tries: 0,
  }));
  await enqueue(tx, webhookDeliveries, jobs);
  return made.length;
}

/** Removes all web hooks of a register with their deliveries, such as those of an app that is deleted. */
export function deleteWebhooksOf(tx: Tx, ctx: Context, scope: WebhookScope): Promise<number> {
  return deleteEndpoints(tx, ctx.organizationId, scope);
}

/**
 * Clean-up for any number of workers at once: deliveries older than 30 days go, secrets that were replaced are forgotten,
 * and deliveries whose job was lost are queued again.
 */
export async function maintainWebhooks(): Promise<void> {
  await deleteOldDeliveries(system, keptDays, deletedPerRound);
  await deletePreviousSecrets(system);
  await systemTransaction(async (tx) => {
    const overdue = await claimOverdue(tx, overdueMinutes, overduePerRound);
    const jobs = overdue.map(({ id, ...rest }) => ({ ...rest, deliveryId: id }));
    await enqueue(tx, webhookDeliveries, jobs);
  });
}
