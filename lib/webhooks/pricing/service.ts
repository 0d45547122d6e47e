import { type Context, userIdOf } from "#lib/context";
import { seal } from "#lib/crypto/seal";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { isPrivateAddress } from "#lib/http-out/address";
import { checkedAddresses } from "#lib/http-out/resolve";
import { arePrivateTargetsAllowed, OutgoingError, parseTarget } from "#lib/http-out/target";
import { uuidv7 } from "#lib/id";
import { enqueue } from "#lib/queue/enqueue";
import { recordAudit } from "#lib/records/service";
import type { pricingEvents } from "#lib/webhooks/events";
import { webhookDeliveries } from "#lib/webhooks/jobs";
import {
  deletePricingEndpoint,
  insertPricingDeliveries,
  insertPricingEndpoint,
  insertPricingEvents,
  lockLabels,
  type PricingEndpoint,
  selectPricingEndpoints,
} from "#lib/webhooks/pricing/queries";
import type { CreatePricingWebhook, PricingWebhook } from "#lib/webhooks/pricing/schema";
import { checkUrl, defaultRatePerMinute, endpointsMax } from "#lib/webhooks/register/service";

export type PricingEvent = (typeof pricingEvents)[number];

function wire({ label, url, events, createdAt }: PricingEndpoint): PricingWebhook {
  return { webhook_id: label, url, events, created_at: createdAt };
}

/** Plain http only to loopback and private hosts, and only where those are allowed at all (development and tests). */
async function isPlainAllowed(url: string): Promise<boolean> {
  if (!arePrivateTargetsAllowed()) return false;
  try {
    const addresses = await checkedAddresses(parseTarget(url));
    return addresses.every(({ address }) => isPrivateAddress(address));
  } catch (error) {
    if (error instanceof OutgoingError) return false;
    throw error;
  }
}

/** Registers a web hook for pricing events (contract A7). Throws `validation` for a URL that is not https. */
export async function createPricingWebhook(ctx: Context, input: CreatePricingWebhook): Promise<PricingWebhook> {
  const isHttps = URL.parse(input.url)?.protocol === "https:";
  if (!isHttps && !(await isPlainAllowed(input.url)))
    throw invalid([{ field: "url", message: "url must be an https URL" }]);
  await checkUrl(input.url);
  return transaction(ctx, async (tx) => {
    await lockLabels(tx, ctx.organizationId);
    const endpoint = {
      id: uuidv7(),
      createdBy: userIdOf(ctx),
      url: input.url,
      events: input.events,
      ratePerMinute: defaultRatePerMinute,
      sealedSecret: input.secret === undefined ? null : seal(input.secret),
    };
    const row = await insertPricingEndpoint(tx, ctx.organizationId, endpoint, endpointsMax);
    if (!row)
      throw conflict(`There are already ${endpointsMax} pricing web hooks. Delete one first.`, "TOO_MANY_WEBHOOKS");
    const details = { created: input.url, events: input.events, signed: input.secret !== undefined };
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id: row.label }, details);
    return wire(row);
  });
}

/** The pricing register, newest first, without secrets (contract A8). */
export async function listPricingWebhooks(ctx: Context): Promise<PricingWebhook[]> {
  return (await selectPricingEndpoints(tenant(ctx), ctx.organizationId, endpointsMax)).map(wire);
}

/** Removes a web hook by its `pricing_webhook_...` id, with its delivery log (contract A9). */
export async function deletePricingWebhook(ctx: Context, label: string): Promise<{ message: string }> {
  await transaction(ctx, async (tx) => {
    const gone = await deletePricingEndpoint(tx, ctx.organizationId, label);
    if (!gone) throw notFound("Pricing webhook");
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id: label }, { deleted: gone.url }, "warning");
  });
  return { message: `Pricing webhook ${label} removed` };
}

/**
 * Tells web hooks and followers of any number of pricing events in three statements, in the transaction in which they
 * happen. `tx` must be a whole transaction. The order in which deliveries arrive is not promised.
 */
export async function publishPricing(
  tx: Tx,
  ctx: Context,
  happened: readonly { event: PricingEvent; data: Record<string, unknown> }[],
): Promise<void> {
  if (happened.length === 0) return;
  const { organizationId } = ctx;
  const timestamp = new Date().toISOString();
  const told = happened.map(({ event, data }) => ({
    event,
    head: `{"event":"${event}","timestamp":"${timestamp}",`,
    tail: `"data":${JSON.stringify(data)}}`,
  }));
  const [made] = await Promise.all([
    insertPricingDeliveries(tx, organizationId, told),
    insertPricingEvents(tx, organizationId, happened),
  ]);
  const jobs = made.map(({ id, endpointId }) => ({ organizationId, deliveryId: id, endpointId, tries: 0 }));
  await enqueue(tx, webhookDeliveries, jobs);
}
