import { selectAutoTopup, selectCustomer } from "#lib/billing/auto-queries";
import { type Purchase, priceOf } from "#lib/billing/prices";
import {
  deleteOldKey,
  insertTopup,
  selectTopup,
  selectTopupByKey,
  type TopupRow,
  updateTopupSession,
  updateTopupUnopened,
} from "#lib/billing/queries";
import type { CheckoutSession, CreateTopup } from "#lib/billing/schema";
import { openSession } from "#lib/billing/stripe-api";
import { type Context, userIdOf } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { AppError, invalid } from "#lib/errors";
import { randomText, uuidv7 } from "#lib/id";
import { recordAudit } from "#lib/records/service";
import { notConfigured } from "#lib/stripe/client";
import { paymentMode } from "#lib/stripe/secret";

/** Whether this checkout is to keep its payment method: asked for, or needed by automatic top-ups that have none yet. */
async function wantsPaymentMethod(ctx: Context, input: CreateTopup): Promise<boolean> {
  if (input.save_payment_method) return true;
  return transaction(ctx, async (tx) => {
    if (!(await selectAutoTopup(tx, ctx.organizationId))?.isEnabled) return false;
    return !(await selectCustomer(tx, ctx.organizationId))?.paymentMethodId;
  });
}

function isSame(topup: TopupRow, purchase: Purchase, input: CreateTopup): boolean {
  return (
    topup.package === purchase.package &&
    topup.credits === purchase.credits &&
    (!input.save_payment_method || topup.savesPaymentMethod)
  );
}

type Opened = { topup: TopupRow; isReplay: boolean };

/** The pending row of a purchase: a new one, or the one that this idempotency key stands for since less than 24 hours. */
async function openTopup(
  ctx: Context,
  purchase: Purchase,
  input: CreateTopup,
  key: string | undefined,
): Promise<Opened> {
  const { organizationId } = ctx;
  if (key) await deleteOldKey(organizationId, key);
  const savesPaymentMethod = await wantsPaymentMethod(ctx, input);
  const id = uuidv7();
  const made = {
    ...purchase,
    id,
    organizationId,
    userId: userIdOf(ctx),
    savesPaymentMethod,
    idempotencyKey: key ?? null,
  };
  return transaction(ctx, async (tx) => {
    const inserted = await insertTopup(tx, made);
    if (!inserted && key) {
      const topup = await selectTopupByKey(tx, organizationId, key);
      if (isSame(topup, purchase, input)) return { topup, isReplay: true };
      throw new AppError("conflict", "Idempotency key payload mismatch", { reason: "IDEMPOTENCY_MISMATCH" });
    }
    const { credits, amountCents } = purchase;
    const details = { package: purchase.package, credits, amount_cents: amountCents };
    await recordAudit(tx, ctx, "config.change", { type: "topup", id }, details);
    const topup = await selectTopup(tx, organizationId, id);
    if (!topup) throw new Error("The top-up that was just made is not there.");
    return { topup, isReplay: false };
  });
}

async function stripeSession(topup: TopupRow) {
  try {
    return await openSession(topup);
  } catch (error) {
    await updateTopupUnopened(topup, "The payment provider did not open a checkout.");
    throw error;
  }
}

/** The page of the local checkout stands in for Stripe's; the long random id is known to the buyer only. */
function localSession() {
  const sessionId = `cs_local_${randomText(40)}`;
  return { sessionId, url: `${publicUrl()}/billing/checkout/${sessionId}`, customerId: null };
}

/**
 * Begins a purchase and answers where to pay. Nothing is credited here: that is for the signed event of the payment. With
 * an idempotency key a repeated call answers the same session. Throws 503 STRIPE_NOT_CONFIGURED or STRIPE_UNAVAILABLE.
 */
export async function startCheckout(
  ctx: Context,
  input: CreateTopup,
  idempotencyKey?: string,
): Promise<{ session: CheckoutSession; isReplay: boolean }> {
  const price = priceOf(input);
  if (!price.ok) throw invalid([{ field: price.field, message: price.message }]);
  const mode = paymentMode();
  if (mode === "none") throw notConfigured();
  const { topup, isReplay } = await openTopup(ctx, price.purchase, input, idempotencyKey);
  let { stripeSessionId, sessionUrl } = topup;
  if (!stripeSessionId || !sessionUrl) {
    await updateTopupSession(topup, mode === "stripe" ? await stripeSession(topup) : localSession());
    // Of two calls with one idempotency key, the first one's session stands.
    const stored = await selectTopup(tenant(ctx), ctx.organizationId, topup.id);
    stripeSessionId = stored?.stripeSessionId ?? null;
    sessionUrl = stored?.sessionUrl ?? null;
  }
  if (!stripeSessionId || !sessionUrl) throw new Error("The top-up has no session.");
  return { session: { sessionId: stripeSessionId, sessionUrl }, isReplay };
}
