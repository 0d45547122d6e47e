import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import { enqueue } from "#lib/queue/enqueue";
import { recordAudit } from "#lib/records/service";
import {
  type DeliveryRow,
  insertDelivery,
  selectAttempts,
  selectDeliveries,
  selectDelivery,
  selectFailedDeliveries,
} from "#lib/webhooks/deliveries/queries";
import { testEvent, type WebhookScope } from "#lib/webhooks/events";
import { webhookDeliveries } from "#lib/webhooks/jobs";
import { requireWebhook } from "#lib/webhooks/register/service";
import type {
  Deliveries,
  Delivery,
  DeliveryAnswer,
  DeliveryDetails,
  DeliveryQuery,
  Replay,
} from "#lib/webhooks/schema";
import { payloadOf } from "#lib/webhooks/service";

const attemptsShown = 50;
const replayedMax = 1_000;

function wire(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    event: row.event,
    status: row.status,
    attempts: row.attempts,
    next_attempt_at: row.nextAttemptAt,
    response_status: row.responseStatus,
    error: row.error,
    created_at: row.createdAt,
    completed_at: row.completedAt,
  };
}

async function requireActive(tx: Tx, ctx: Context, scope: WebhookScope, webhookId: string): Promise<void> {
  const { active } = await requireWebhook(tx, ctx, scope, webhookId);
  if (!active) throw conflict("The web hook is switched off. Switch it on first.", "WEBHOOK_INACTIVE");
}

/** The delivery log of a web hook, newest first. */
export async function listDeliveries(
  ctx: Context,
  scope: WebhookScope,
  webhookId: string,
  { limit = 20, offset = 0, status, event }: Partial<DeliveryQuery> = {},
): Promise<Deliveries> {
  await requireWebhook(tenant(ctx), ctx, scope, webhookId);
  // One more than asked for tells whether there is more.
  const rows = await selectDeliveries(tenant(ctx), ctx.organizationId, webhookId, {
    status,
    event,
    offset,
    limit: limit + 1,
  });
  return { deliveries: rows.slice(0, limit).map(wire), has_more: rows.length > limit };
}

async function requireDelivery(tx: Tx, ctx: Context, webhookId: string, id: string) {
  const row = isUuid(id) ? await selectDelivery(tx, ctx.organizationId, webhookId, id) : undefined;
  if (!row) throw notFound("Delivery");
  return row;
}

/** A delivery with what was sent and its newest 50 attempts. */
export async function getDelivery(
  ctx: Context,
  scope: WebhookScope,
  webhookId: string,
  id: string,
): Promise<DeliveryDetails> {
  const tx = tenant(ctx);
  await requireWebhook(tx, ctx, scope, webhookId);
  const row = await requireDelivery(tx, ctx, webhookId, id);
  const attempts = await selectAttempts(tx, ctx.organizationId, id, attemptsShown);
  const log = attempts.map((attempt) => ({
    number: attempt.number,
    manual: attempt.isManual,
    request_headers: attempt.requestHeaders,
    response_status: attempt.responseStatus,
    response_headers: attempt.responseHeaders,
    response_body: attempt.responseBody,
    error: attempt.error,
    latency_ms: attempt.latencyMs,
    started_at: attempt.startedAt,
  }));
  return { delivery: { ...wire(row), payload: row.payload, attempt_log: log } };
}

/** Sends a test event to one web hook, signed and retried like any other. */
export async function testWebhook(ctx: Context, scope: WebhookScope, webhookId: string): Promise<DeliveryAnswer> {
  return transaction(ctx, async (tx) => {
    await requireActive(tx, ctx, scope, webhookId);
    const { organizationId } = ctx;
    const payload = payloadOf(testEvent, { webhook_id: webhookId, message: "This is a test." });
    const row = await insertDelivery(tx, organizationId, webhookId, testEvent, payload);
    await enqueue(tx, webhookDeliveries, [{ organizationId, deliveryId: row.id, endpointId: webhookId, tries: 0 }]);
    return { delivery: wire(row) };
  });
}

/**
 * Sends a delivery again, once, at once, under the same delivery id. What already arrived needs `confirm`; throws
 * `conflict` without it, or when the web hook is switched off.
 */
export async function replayDelivery(
  ctx: Context,
  scope: WebhookScope,
  webhookId: string,
  id: string,
  { confirm = false }: Replay,
): Promise<DeliveryAnswer> {
  return transaction(ctx, async (tx) => {
    await requireActive(tx, ctx, scope, webhookId);
    const row = await requireDelivery(tx, ctx, webhookId, id);
    if (row.status === "delivered" && !confirm)
      throw conflict("This delivery already arrived. Send confirm: true to send it again.", "CONFIRMATION_NEEDED");
    await enqueue(tx, webhookDeliveries, [
      { organizationId: ctx.organizationId, deliveryId: id, endpointId: webhookId },
    ]);
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id: webhookId }, { replayed: id });
    return { delivery: wire(row) };
  });
}

/** Sends again, once each, up to 1000 deliveries that were given up since a time; answers how many. */
export async function replayFailed(
  ctx: Context,
  scope: WebhookScope,
  webhookId: string,
  since: string,
): Promise<{ replayed: number }> {
  return transaction(ctx, async (tx) => {
    await requireActive(tx, ctx, scope, webhookId);
    const { organizationId } = ctx;
    const failed = await selectFailedDeliveries(tx, organizationId, webhookId, since, replayedMax);
    const jobs = failed.map(({ id }) => ({ organizationId, deliveryId: id, endpointId: webhookId }));
    await enqueue(tx, webhookDeliveries, jobs);
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id: webhookId }, { replayed_since: since });
    return { replayed: failed.length };
  });
}
