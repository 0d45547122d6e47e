import type { ZodType } from "zod";
import { updatePaymentMethod } from "#lib/billing/auto-queries";
import { ChargeObject, CheckoutSessionObject, DisputeObject, PaymentIntentObject } from "#lib/billing/event-shapes";
import {
  insertEvent,
  insertForeignTopup,
  lockTopup,
  selectBuyer,
  updateReceipt,
  upsertReversal,
} from "#lib/billing/payment-queries";
import { nameTopup, settleFailed, settlePaid, settleReversals } from "#lib/billing/payments";
import type { TopupRow } from "#lib/billing/queries";
import { systemTransaction, type Tx } from "#lib/db/transaction";
import { isUuid, uuidv7 } from "#lib/id";
import { log } from "#lib/log";
import { type StripeEvent, verifyEvent } from "#lib/stripe/signature";

/**
 * A checkout without a row of ours (made elsewhere with our metadata): the metadata names the organization, else the
 * person, and the credits. A row is made for it; nothing when any of it means nothing here.
 */
async function adoptCheckout(tx: Tx, session: CheckoutSessionObject): Promise<TopupRow | undefined> {
  const { organizationId, userId, credits } = session.metadata;
  if (credits === null || (organizationId !== null && !isUuid(organizationId))) return undefined;
  const buyer = await selectBuyer(tx, organizationId, userId);
  if (!buyer) return undefined;
  await insertForeignTopup(tx, {
    id: uuidv7(),
    organizationId: buyer.id,
    userId,
    credits,
    amountCents: session.amount_total ?? credits,
    currency: session.currency,
    sessionId: session.id,
  });
  return lockTopup(tx, { sessionId: session.id });
}

const namesOf = (session: CheckoutSessionObject) => ({
  sessionId: session.id,
  paymentIntentId: session.payment_intent,
});

async function checkoutPaid(tx: Tx, session: CheckoutSessionObject): Promise<void> {
  const names = namesOf(session);
  const known = await lockTopup(tx, { ...names, topupId: session.metadata.topupId });
  const topup = known ?? (await adoptCheckout(tx, session));
  if (topup) await settlePaid(tx, await nameTopup(tx, topup, names));
}

/** Methods that take days are complete before they are paid; the payment is then an event of its own. */
async function checkoutCompleted(tx: Tx, session: CheckoutSessionObject): Promise<void> {
  if ((session.payment_status ?? "paid") === "paid") return checkoutPaid(tx, session);
  const topup = await lockTopup(tx, { ...namesOf(session), topupId: session.metadata.topupId });
  if (topup) await nameTopup(tx, topup, namesOf(session));
}

const checkoutEnded = (status: "failed" | "expired") => async (tx: Tx, session: CheckoutSessionObject) => {
  const topup = await lockTopup(tx, { sessionId: session.id, topupId: session.metadata.topupId });
  if (topup) await settleFailed(tx, topup, status, status === "failed" ? "The payment did not go through." : null);
};

/** Only automatic top-ups end with their payment; those of a checkout wait for the checkout's own event. */
async function paymentSucceeded(tx: Tx, intent: PaymentIntentObject): Promise<void> {
  if (intent.customer && intent.payment_method && intent.setup_future_usage === "off_session")
    await updatePaymentMethod(tx, intent.customer, intent.payment_method);
  const topup = await lockTopup(tx, { paymentIntentId: intent.id, topupId: intent.metadata.topupId });
  if (!topup) return;
  const named = await nameTopup(tx, topup, { paymentIntentId: intent.id });
  if (topup.kind === "automatic") await settlePaid(tx, named);
  await settleReversals(tx, named);
}

async function paymentFailed(tx: Tx, intent: PaymentIntentObject): Promise<void> {
  const topup = await lockTopup(tx, { paymentIntentId: intent.id, topupId: intent.metadata.topupId });
  if (topup?.kind !== "automatic") return;
  const named = await nameTopup(tx, topup, { paymentIntentId: intent.id });
  await settleFailed(tx, named, "failed", intent.last_payment_error?.message ?? "The payment was refused.");
}

async function chargeChanged(tx: Tx, charge: ChargeObject): Promise<void> {
  const { payment_intent: paymentIntentId, metadata } = charge;
  if (!paymentIntentId) return;
  const topup = await lockTopup(tx, { paymentIntentId, topupId: metadata.topupId });
  const named = topup && (await nameTopup(tx, topup, { paymentIntentId }));
  if (named && charge.receipt_url) await updateReceipt(tx, named, charge.receipt_url);
  if (charge.amount_refunded) {
    await upsertReversal(tx, {
      id: `refunds:${charge.id}`,
      paymentIntentId,
      kind: "refund",
      amountCents: charge.amount_refunded,
      totalCents: charge.amount ?? null,
      isVoid: false,
    });
  }
  if (named) await settleReversals(tx, named);
}

async function disputeChanged(tx: Tx, dispute: DisputeObject): Promise<void> {
  const { payment_intent: paymentIntentId } = dispute;
  if (!paymentIntentId) return;
  const topup = await lockTopup(tx, { paymentIntentId });
  await upsertReversal(tx, {
    id: dispute.id,
    paymentIntentId,
    kind: "dispute",
    amountCents: dispute.amount,
    totalCents: null,
    isVoid: dispute.status === "won",
  });
  if (topup) await settleReversals(tx, topup);
}

type Handling = (tx: Tx, object: unknown) => Promise<void> | undefined;

/** Undefined for an object of another shape than its event type promises. */
function handling<T>(shape: ZodType<T>, work: (tx: Tx, object: T) => Promise<void>): Handling {
  return (tx, object) => {
    const parsed = shape.safeParse(object);
    return parsed.success ? work(tx, parsed.data) : undefined;
  };
}

const handlings: Record<string, Handling> = {
  "checkout.session.completed": handling(CheckoutSessionObject, checkoutCompleted),
  "checkout.session.async_payment_succeeded": handling(CheckoutSessionObject, checkoutPaid),
  "checkout.session.async_payment_failed": handling(CheckoutSessionObject, checkoutEnded("failed")),
  "checkout.session.expired": handling(CheckoutSessionObject, checkoutEnded("expired")),
  "payment_intent.succeeded": handling(PaymentIntentObject, paymentSucceeded),
  "payment_intent.payment_failed": handling(PaymentIntentObject, paymentFailed),
  "charge.succeeded": handling(ChargeObject, chargeChanged),
  "charge.updated": handling(ChargeObject, chargeChanged),
  "charge.refunded": handling(ChargeObject, chargeChanged),
  "charge.dispute.created": handling(DisputeObject, disputeChanged),
  "charge.dispute.closed": handling(DisputeObject, disputeChanged),
};

/** Lets an event take effect once: its record and its effect are one transaction. */
async function applyEvent(event: StripeEvent): Promise<void> {
  const handle = Object.hasOwn(handlings, event.type) ? handlings[event.type] : undefined;
  if (!handle) return;
  await systemTransaction(async (tx) => {
    if (!(await insertEvent(tx, event.id, event.type))) return;
    const work = handle(tx, event.object);
    if (work) await work;
    else log.warn({ event: event.id, type: event.type }, "an event of Stripe has an unknown shape");
  });
}

/**
 * Takes what Stripe (or the local checkout) posts, from the body's exact bytes. Events that mean nothing here are received
 * all the same, so that Stripe does not send them again. Throws INVALID_SIGNATURE.
 */
export async function receiveStripeEvent(body: Uint8Array, signature: string | null): Promise<{ received: true }> {
  const event = verifyEvent(body, signature);
  if (event) await applyEvent(event);
  return { received: true };
}
