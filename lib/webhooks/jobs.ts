import { z } from "zod";
import { type Context, systemContext } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { consume } from "#lib/limits/window";
import { sendMail } from "#lib/mail/mail";
import { enqueue } from "#lib/queue/enqueue";
import { defineQueue } from "#lib/queue/queue";
import { recordAudit, recordEvent } from "#lib/records/service";
import { type AttemptOptions, attemptDelivery } from "#lib/webhooks/attempt";
import {
  type Claimed,
  claimDelivery,
  clearFailing,
  failDelivery,
  insertAttempt,
  lockEndpoint,
  noteFailure,
  type Outcome,
  type SwitchedOff,
  selectForReplay,
  selectNextAttempt,
  updateNextAttempt,
} from "#lib/webhooks/attempt-queries";
import { retryAt } from "#lib/webhooks/schedule";

export const DeliveryJob = z.object({
  organizationId: z.uuid(),
  deliveryId: z.uuid(),
  endpointId: z.uuid(),
  /** Which attempt of the schedule it is for: the one after so many. Absent for an attempt that a person asked for. */
  tries: z.int().min(0).optional(),
});
export type DeliveryJob = z.infer<typeof DeliveryJob>;

/** Longer than an attempt can take; an attempt that is cut off by a crash is made again after it. */
const leaseSeconds = 60;
const failingDaysMax = 5;
const goneStatus = 410;
const offMessage = "The web hook is switched off.";

const reasons: Record<SwitchedOff["reason"], string> = {
  gone: "its receiver answered 410 Gone",
  failing: `every delivery failed for ${failingDaysMax} days`,
};

async function tellOwners(tx: Tx, ctx: Context, endpointId: string, off: SwitchedOff): Promise<void> {
  const { url, reason, owners } = off;
  await recordEvent(tx, ctx, "webhook.disabled", { webhook_id: endpointId, url, reason });
  await recordAudit(
    tx,
    ctx,
    "config.change",
    { type: "webhook", id: endpointId },
    { disabled: url, reason },
    "warning",
  );
  const subject = "A web hook was switched off";
  const text = `The web hook to ${url} was switched off because ${reasons[reason]}.\n\nSwitch it on again when the receiver is well; what failed meanwhile can be sent again from its delivery log.\n`;
  tx.afterCommit(() => Promise.all(owners.map((to) => sendMail({ to, subject, text }))));
}

/** Writes down an attempt with all it means: the delivery's state, the next attempt, the state of the web hook. */
function record(ctx: Context, delivery: Claimed, outcome: Outcome): Promise<void> {
  return transaction(ctx, async (tx) => {
    const { organizationId } = ctx;
    // In the order in which a deletion locks: the web hook, then its deliveries.
    await lockEndpoint(tx, organizationId, delivery.endpointId);
    const isGone = outcome.responseStatus === goneStatus;
    const next = outcome.isDelivered || outcome.isManual || isGone ? null : retryAt(delivery.tries + 1);
    if (!(await insertAttempt(tx, organizationId, delivery, outcome, next))) return;
    if (outcome.isDelivered) {
      await clearFailing(tx, organizationId, delivery.endpointId);
      return;
    }
    const off = await noteFailure(tx, organizationId, delivery.endpointId, isGone, failingDaysMax);
    if (off) await tellOwners(tx, ctx, delivery.endpointId, off);
    if (!next) return;
    const job = { organizationId, deliveryId: delivery.id, endpointId: delivery.endpointId, tries: delivery.tries + 1 };
    await enqueue(tx, webhookDeliveries, [job], { startAfter: next });
  });
}

/** Makes the attempt later without counting it. */
function putOff(ctx: Context, job: DeliveryJob, at: Date): Promise<void> {
  return transaction(ctx, async (tx) => {
    if (job.tries !== undefined) await updateNextAttempt(tx, ctx.organizationId, job.deliveryId, at);
    await enqueue(tx, webhookDeliveries, [job], { startAfter: at });
  });
}

/** The time at which this web hook may get its next delivery, when it has had its share of this minute. */
async function blockedUntil({ endpointId, ratePerMinute }: Claimed): Promise<Date | null> {
  const allowance = await consume(`webhook:${endpointId}`, { limit: ratePerMinute, windowSeconds: 60 });
  // Spread over the first seconds of the next minute, so that it does not begin with a blow.
  return allowance.allowed ? null : new Date(allowance.resetSeconds * 1_000 + Math.random() * 10_000);
}

/** Another worker may hold the delivery, or have held it when it died: comes back when that one's time is over. */
async function comeBack(ctx: Context, job: DeliveryJob, tries: number): Promise<void> {
  const later = await selectNextAttempt(tenant(ctx), ctx.organizationId, job.deliveryId, tries);
  if (!later) return;
  await transaction(ctx, (tx) => enqueue(tx, webhookDeliveries, [job], { startAfter: new Date(later.nextAttemptAt) }));
}

/**
 * Does one job of the delivery queue. It may be repeated: an attempt of the schedule is recorded once, and what was sent
 * just before a crash is sent again under the same delivery id, by which receivers know it.
 */
export async function deliver(
  job: DeliveryJob,
  signal: AbortSignal,
  options: Pick<AttemptOptions, "resolve" | "allowPrivate"> = {},
): Promise<void> {
  const { organizationId, deliveryId, tries } = job;
  const ctx = systemContext(organizationId);
  const isManual = tries === undefined;
  const claimed = isManual
    ? await selectForReplay(tenant(ctx), organizationId, deliveryId)
    : await claimDelivery(tenant(ctx), organizationId, deliveryId, tries, leaseSeconds);
  if (!claimed) {
    if (!isManual) await comeBack(ctx, job, tries);
    return;
  }
  if (!claimed.active) {
    await failDelivery(tenant(ctx), organizationId, deliveryId, offMessage);
    return;
  }
  const blocked = await blockedUntil(claimed);
  if (blocked) return putOff(ctx, job, blocked);
  await record(ctx, claimed, await attemptDelivery(claimed, { ...options, isManual, signal }));
}

export const webhookDeliveries = defineQueue({
  name: "webhooks.deliver",
  data: DeliveryJob,
  // Deliveries mostly wait for the receiver.
  concurrency: 20,
  // A receiver that hangs holds so many of them, not all.
  group: { of: ({ endpointId }) => endpointId, concurrency: 5 },
  // An attempt ends after 15 s at the latest; the rest is our own database.
  expireSeconds: 60,
  handler: (job, { signal }) => deliver(job, signal),
});
