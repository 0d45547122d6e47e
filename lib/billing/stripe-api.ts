import { selectCustomer, upsertCustomer } from "#lib/billing/auto-queries";
import type { TopupRow } from "#lib/billing/queries";
import { system } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { selectEmail } from "#lib/organizations/queries";
import { isFinalRefusal, stripe, stripeFailure, stripeReason } from "#lib/stripe/client";

/**
 * The organization's customer at Stripe, made at its first purchase. Calls at the same moment share one through Stripe's
 * idempotency key; `gone` names a customer that Stripe no longer knows, which is replaced.
 */
async function customerOf(organizationId: string, gone: string | null): Promise<string> {
  const known = await selectCustomer(system, organizationId);
  if (known && known.stripeCustomerId !== gone) return known.stripeCustomerId;
  const made = await stripe().customers.create(
    { metadata: { organizationId } },
    { idempotencyKey: `customer:${organizationId}:${gone ?? ""}` },
  );
  return (await upsertCustomer(organizationId, made.id, gone)).stripeCustomerId;
}

const productName = ({ credits }: TopupRow) => `${credits.toLocaleString("en-US")} Baton credits`;

function metadataOf({ id, organizationId, userId, credits }: TopupRow): Record<string, string> {
  return { topupId: id, organizationId, credits: String(credits), ...(userId && { userId }) };
}

// Everything sent comes from the row, so that a repeated request is the same for Stripe's idempotency.
async function createSession(topup: TopupRow, gone: string | null) {
  const customer = await customerOf(topup.organizationId, gone);
  const buyer = topup.userId ? await selectEmail(system, topup.userId) : undefined;
  const metadata = metadataOf(topup);
  const session = await stripe()
    .checkout.sessions.create(
      {
        mode: "payment",
        customer,
        client_reference_id: topup.organizationId,
        metadata,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: topup.currency,
              unit_amount: topup.amountCents,
              product_data: { name: productName(topup) },
            },
          },
        ],
        payment_intent_data: {
          metadata,
          description: productName(topup),
          ...(buyer && { receipt_email: buyer.email }),
          ...(topup.savesPaymentMethod && { setup_future_usage: "off_session" as const }),
        },
        success_url: `${publicUrl()}/billing/success?session_id={CHECKOUT_SESSION_ID}`,
        cancel_url: `${publicUrl()}/billing/cancel?session_id={CHECKOUT_SESSION_ID}`,
      },
      { idempotencyKey: `checkout:${topup.id}:${customer}` },
    )
    .catch((error: unknown) => {
      const { code, param } = stripeReason(error);
      if (code === "resource_missing" && param === "customer" && gone === null) return customer;
      throw error;
    });
  return typeof session === "string" ? { gone: session } : { session, customer };
}

/** Opens a Stripe Checkout for the top-up. Throws 503 when Stripe does not; the same call may then be repeated. */
export async function openSession(
  topup: TopupRow,
): Promise<{ sessionId: string; url: string; customerId: string | null }> {
  try {
    const first = await createSession(topup, null);
    const made = first.session ? first : await createSession(topup, first.gone);
    if (!made.session?.url) throw new Error("Stripe made a checkout without an address.");
    return { sessionId: made.session.id, url: made.session.url, customerId: made.customer };
  } catch (error) {
    throw stripeFailure(error);
  }
}

/** What became of a charge: paid, refused for good, or not known yet. */
export type Charged =
  | { outcome: "paid" | "pending"; paymentIntentId: string }
  | { outcome: "refused"; paymentIntentId: string | null; reason: string }
  | { outcome: "unknown"; cause: unknown };

// The worker's next round is the retry; a shutdown must not wait for more than one attempt.
const once = { maxNetworkRetries: 0 };

function sendCharge(topup: TopupRow) {
  if (topup.stripePaymentIntentId) return stripe().paymentIntents.retrieve(topup.stripePaymentIntentId, {}, once);
  return stripe().paymentIntents.create(
    {
      amount: topup.amountCents,
      currency: topup.currency,
      customer: topup.stripeCustomerId ?? "",
      payment_method: topup.stripePaymentMethodId ?? "",
      off_session: true,
      confirm: true,
      description: productName(topup),
      metadata: metadataOf(topup),
    },
    { idempotencyKey: `topup:${topup.id}`, ...once },
  );
}

/** Charges the saved payment method for the top-up; the row's id makes a repeated charge the same charge. */
export async function chargeSaved(topup: TopupRow): Promise<Charged> {
  try {
    const { id, status, last_payment_error } = await sendCharge(topup);
    if (status === "succeeded") return { outcome: "paid", paymentIntentId: id };
    if (status === "processing") return { outcome: "pending", paymentIntentId: id };
    const reason = last_payment_error?.message ?? "The bank asks for a confirmation by the owner of the card.";
    return { outcome: "refused", paymentIntentId: id, reason };
  } catch (error) {
    if (!isFinalRefusal(error)) return { outcome: "unknown", cause: error };
    return { outcome: "refused", paymentIntentId: error.payment_intent?.id ?? null, reason: error.message };
  }
}
