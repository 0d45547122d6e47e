import { upsertCustomer } from "#lib/billing/auto-queries";
import { selectTopupBySession, type TopupRow } from "#lib/billing/queries";
import type { Topup } from "#lib/billing/schema";
import { topupOf } from "#lib/billing/topups";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { env } from "#lib/env";
import { conflict, forbidden, notFound, unavailable } from "#lib/errors";
import { stripeVersion } from "#lib/stripe/client";
import { paymentMode } from "#lib/stripe/secret";
import { signEvent } from "#lib/stripe/signature";

const anyAddress = new Set(["0.0.0.0", "::"]);

/** This process's own web server; a proxy in front of it need not be reachable from here. */
function ownOrigin(): string {
  const { HOST, PORT } = env();
  const host = HOST && !anyAddress.has(HOST) ? HOST : "127.0.0.1";
  return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
}

/** Posts an event as Stripe would: signed, over HTTP, to the same endpoint. Throws when it was not received. */
async function postEvent(id: string, type: string, object: Record<string, unknown>): Promise<void> {
  const created = Math.floor(Date.now() / 1_000);
  const event = { id, object: "event", api_version: stripeVersion, created, livemode: false, type, data: { object } };
  const payload = JSON.stringify(event);
  const response = await fetch(`${ownOrigin()}/api/stripe/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signEvent(payload) },
    body: payload,
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The event was answered with ${response.status}.`);
}

async function deliver(id: string, type: string, object: Record<string, unknown>): Promise<void> {
  await postEvent(id, type, object).catch((cause: unknown) => {
    throw unavailable("The test payment could not be delivered to this instance. Try again.", {
      reason: "LOCAL_CHECKOUT_FAILED",
      cause,
    });
  });
}

const metadataOf = ({ id, organizationId, userId, credits }: TopupRow) => ({
  topupId: id,
  organizationId,
  credits: String(credits),
  ...(userId && { userId }),
});

async function requireOpen(ctx: Context, sessionId: string): Promise<TopupRow> {
  if (paymentMode() !== "local" || !sessionId.startsWith("cs_local_")) throw notFound("Checkout");
  if (ctx.actor.type !== "system" && !ctx.actor.scopes.includes("admin:write"))
    throw forbidden("Only an owner or admin buys credits.");
  const topup = await selectTopupBySession(tenant(ctx), ctx.organizationId, sessionId);
  if (!topup) throw notFound("Checkout");
  return topup;
}

/** A checkout of the organization that stands in for Stripe's page. Throws `not_found` where Stripe is configured. */
export async function getLocalCheckout(ctx: Context, sessionId: string): Promise<Topup> {
  return topupOf(await requireOpen(ctx, sessionId));
}

function sessionObject(topup: TopupRow, paid: boolean) {
  return {
    id: topup.stripeSessionId,
    object: "checkout.session",
    mode: "payment",
    livemode: false,
    status: paid ? "complete" : "expired",
    payment_status: paid ? "paid" : "unpaid",
    payment_intent: paid ? `pi_local_${topup.id}` : null,
    client_reference_id: topup.organizationId,
    amount_total: topup.amountCents,
    currency: topup.currency,
    metadata: metadataOf(topup),
  };
}

/** Pays a local checkout with test money. Paying twice is paying once. Throws `conflict` when it was cancelled. */
export async function payLocalCheckout(ctx: Context, sessionId: string): Promise<void> {
  const topup = await requireOpen(ctx, sessionId);
  if (topup.paidAt) return;
  if (topup.status !== "pending") throw conflict("This checkout has ended. Start a new one.", "CHECKOUT_ENDED");
  if (topup.savesPaymentMethod) await saveLocalCard(topup);
  await deliver(`evt_${sessionId}_paid`, "checkout.session.completed", sessionObject(topup, true));
}

/** Gives up a local checkout. One that was paid stays paid. */
export async function cancelLocalCheckout(ctx: Context, sessionId: string): Promise<void> {
  const topup = await requireOpen(ctx, sessionId);
  if (topup.status !== "pending") return;
  await deliver(`evt_${sessionId}_cancelled`, "checkout.session.expired", sessionObject(topup, false));
}

function intentObject(topup: TopupRow, customer: string) {
  return {
    id: `pi_local_${topup.id}`,
    object: "payment_intent",
    status: "succeeded",
    amount: topup.amountCents,
    currency: topup.currency,
    customer,
    payment_method: "pm_local_test_card",
    metadata: metadataOf(topup),
  };
}

async function saveLocalCard(topup: TopupRow): Promise<void> {
  const made = `cus_local_${topup.organizationId}`;
  const { stripeCustomerId } = await upsertCustomer(topup.organizationId, made, null);
  const intent = { ...intentObject(topup, stripeCustomerId), setup_future_usage: "off_session" };
  await deliver(`evt_${topup.stripeSessionId}_card`, "payment_intent.succeeded", intent);
}

/** Charges the saved test card, as Stripe would do it without the buyer. */
export async function chargeLocally(topup: TopupRow): Promise<void> {
  const intent = intentObject(topup, topup.stripeCustomerId ?? "");
  await deliver(`evt_${topup.id}_charged`, "payment_intent.succeeded", intent);
}
