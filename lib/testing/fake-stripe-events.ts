import Stripe from "stripe";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { env, provideEnvironment } from "#lib/env";
import { randomText } from "#lib/id";
import { stripeVersion } from "#lib/stripe/client";
import { type Sent, send } from "#lib/testing/client";

export const testWebhookSecret = `whsec_${randomText(32)}`;

/** Configures Stripe for this test's process; without values, none of it: an embedded instance with its local checkout. */
export function configureStripe(
  values: {
    STRIPE_SECRET_KEY?: string;
    STRIPE_WEBHOOK_SECRET?: string;
    STRIPE_API_BASE?: string;
    BATON_EMBEDDED?: string;
  } = {},
): void {
  provideEnvironment({
    STRIPE_SECRET_KEY: "",
    STRIPE_WEBHOOK_SECRET: "",
    STRIPE_API_BASE: "",
    BATON_EMBEDDED: "1",
    ...values,
  });
  env();
}

/** An event as Stripe words it. */
export function eventOf(type: string, object: Record<string, unknown>, id = `evt_${randomText(24)}`) {
  const created = Math.floor(Date.now() / 1_000);
  return { id, object: "event", api_version: stripeVersion, created, livemode: false, type, data: { object } };
}

/** A completed checkout that was paid. */
export function paidSession(values: Record<string, unknown> = {}) {
  return {
    id: `cs_test_${randomText(40)}`,
    object: "checkout.session",
    mode: "payment",
    payment_status: "paid",
    payment_intent: `pi_${randomText(24)}`,
    currency: "usd",
    ...values,
  };
}

type Delivery = { secret?: string; timestamp?: number; headers?: Record<string, string> };

/** Posts a text with the signature that Stripe's own library makes for tests. */
export function deliverText(
  payload: string,
  { secret = testWebhookSecret, timestamp, headers }: Delivery = {},
): Promise<Sent> {
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) });
  return send("POST /api/stripe/webhook", { headers: { "stripe-signature": signature, ...headers }, body: payload });
}

export const deliver = (event: object, delivery?: Delivery) => deliverText(JSON.stringify(event), delivery);

/** A purchase of an organization (1000 credits for $10 unless said) with the events of its later life. */
export function purchaseOf(organizationId: string, credits = 1000, cents = credits) {
  const intent = `pi_${randomText(24)}`;
  const chargeId = `ch_${randomText(24)}`;
  const metadata = { organizationId, credits: String(credits) };
  const session = paidSession({ metadata, payment_intent: intent, amount_total: cents });
  const charge = { id: chargeId, amount: cents, payment_intent: intent, metadata: {} };
  const dispute = (id: string, status: string, amount = cents) => ({
    id,
    charge: chargeId,
    payment_intent: intent,
    amount,
    status,
  });
  return {
    pay: () => deliver(eventOf("checkout.session.completed", session)),
    refund: (refunded: number) => deliver(eventOf("charge.refunded", { ...charge, amount_refunded: refunded })),
    receipt: (receipt_url: string) =>
      deliver(eventOf("charge.succeeded", { ...charge, amount_refunded: 0, receipt_url })),
    dispute: (id: string, amount?: number) =>
      deliver(eventOf("charge.dispute.created", dispute(id, "needs_response", amount))),
    close: (id: string, status: "won" | "lost") => deliver(eventOf("charge.dispute.closed", dispute(id, status))),
    row: () =>
      system.one<{ status: string; creditsTakenBack: number; receiptUrl: string | null }>(sql`
        select status, credits_taken_back, receipt_url from topups where stripe_session_id = ${session.id}`),
  };
}

/** The state of an organization's money: balance, debt, and its ledger oldest first. */
export async function moneyOf(organizationId: string) {
  const organization = await system.one<{
    credits: number;
    creditsOwed: number;
    status: string;
    lastToppedUp: string | null;
  }>(sql`
    select credits, credits_owed, status, last_topped_up from organizations where id = ${organizationId}`);
  const rows = await system.all<{ type: string; amount: number; balanceAfter: number; reference: string }>(sql`
    select type, amount, balance_after, reference from credit_transactions
    where organization_id = ${organizationId} order by position`);
  return { ...organization, rows };
}

/** Checks that the rows lead to the balance, each with the right sum so far. */
export function addsUp({ credits, rows }: Awaited<ReturnType<typeof moneyOf>>): boolean {
  const sums = rows.map((_, index) => rows.slice(0, index + 1).reduce((sum, { amount }) => sum + amount, 0));
  return rows.every((row, index) => row.balanceAfter === sums[index]) && (sums.at(-1) ?? 0) === credits;
}
