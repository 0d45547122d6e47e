import { updateAutoFailed, updateAutoSucceeded } from "#lib/billing/auto-queries";
import {
  lockOwed,
  selectReversed,
  updateOwed,
  updateTopupClosed,
  updateTopupNames,
  updateTopupPaid,
  updateTopupReversed,
} from "#lib/billing/payment-queries";
import type { TopupRow } from "#lib/billing/queries";
import { type Context, systemContext } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { addCredits, takeBackCredits } from "#lib/ledger/service";
import { recordEvent, recordUsage } from "#lib/records/service";

// Everything here runs inside the transaction that records the cause and holds the lock of the top-up's row.

/** Baton itself acts, in the name of the buyer: usage is counted as his. */
function contextOf({ organizationId, userId }: TopupRow): Context {
  const ctx = systemContext(organizationId, "billing");
  return userId ? { ...ctx, actor: { type: "user", userId, email: "", role: "member", scopes: [] } } : ctx;
}

const words = (topup: TopupRow) =>
  topup.kind === "automatic"
    ? `Automatic top-up of ${topup.credits} credits`
    : `Top-up of ${topup.credits} credits${topup.package ? ` (${topup.package})` : ""}`;

/**
 * Credits of refunded or disputed top-ups that were spent already are owed. The rule: whatever is bought or given back
 * next pays the debt first; the organization is past_due until nothing is owed.
 */
export async function collectOwed(tx: Tx, organizationId: string): Promise<void> {
  const { owed, available } = await lockOwed(tx, organizationId);
  const amount = Math.min(owed, available);
  if (amount === 0) return;
  // The lock above sees to it that nothing is paid twice, so any new name will do.
  const debit = { amount, description: "Owed for refunded top-ups", reference: `owed:${uuidv7()}` };
  const { taken } = await takeBackCredits(tx, { organizationId }, debit);
  if ((await updateOwed(tx, organizationId, -taken)) === 0)
    await recordEvent(tx, systemContext(organizationId), "billing.active", { credits_paid: taken });
}

/** Adds the credits of a paid top-up, once, and undoes at once what was refunded before the news of the payment came. */
export async function settlePaid(tx: Tx, topup: TopupRow): Promise<void> {
  if (topup.paidAt) return;
  const { organizationId, credits, stripeSessionId } = topup;
  const ctx = contextOf(topup);
  const reference = stripeSessionId ? `checkout:${stripeSessionId}` : `topup:${topup.id}`;
  const paidAt = await updateTopupPaid(tx, topup);
  await addCredits(tx, { organizationId }, { type: "purchase", amount: credits, description: words(topup), reference });
  await recordUsage(tx, ctx, "credit_topup", words(topup), credits);
  await recordEvent(tx, ctx, "billing.topup.paid", { topup_id: topup.id, credits });
  if (topup.kind === "automatic") await updateAutoSucceeded(tx, organizationId);
  await collectOwed(tx, organizationId);
  await settleReversals(tx, { ...topup, status: "paid", paidAt });
}

/** Credits to undo when so much of a payment's money went back: in proportion, and all of them exactly at the end. */
export function creditsOfMoney(credits: number, amountCents: number, totalCents: number): number {
  if (amountCents >= totalCents) return credits;
  return Number((BigInt(credits) * BigInt(amountCents)) / BigInt(totalCents));
}

/** Brings the credits in line with what of the payment was refunded or disputed, whatever came before. */
export async function settleReversals(tx: Tx, topup: TopupRow): Promise<void> {
  if (!topup.paidAt || !topup.stripePaymentIntentId) return;
  const { amountCents, totalCents, isDisputed } = await selectReversed(tx, topup.stripePaymentIntentId);
  const target = amountCents === 0 ? 0 : creditsOfMoney(topup.credits, amountCents, totalCents ?? topup.amountCents);
  const status = isDisputed ? "disputed" : target === topup.credits ? "refunded" : "paid";
  if (target === topup.creditsTakenBack && status === topup.status) return;
  const number = await updateTopupReversed(tx, topup, target, status);
  const reference = `reversal:${topup.id}:${number}`;
  if (target > topup.creditsTakenBack) await takeBack(tx, topup, target - topup.creditsTakenBack, status, reference);
  if (target < topup.creditsTakenBack) await giveBack(tx, topup, topup.creditsTakenBack - target, reference);
}

async function takeBack(tx: Tx, topup: TopupRow, amount: number, status: string, reference: string): Promise<void> {
  const { organizationId } = topup;
  const ctx = systemContext(organizationId);
  const description = `${status === "disputed" ? "Disputed" : "Refunded"}: ${words(topup)}`;
  const { missing } = await takeBackCredits(tx, { organizationId }, { amount, description, reference });
  await recordEvent(tx, ctx, "billing.topup.reversed", { topup_id: topup.id, credits: amount, status });
  if (missing === 0) return;
  const owed = await updateOwed(tx, organizationId, missing);
  await recordEvent(tx, ctx, "billing.past_due", { credits_owed: owed });
}

async function giveBack(tx: Tx, topup: TopupRow, amount: number, reference: string): Promise<void> {
  const { organizationId } = topup;
  const description = `Dispute won: ${words(topup)}`;
  await addCredits(tx, { organizationId }, { type: "purchase", amount, description, reference });
  await recordEvent(tx, systemContext(organizationId), "billing.topup.restored", {
    topup_id: topup.id,
    credits: amount,
  });
  await collectOwed(tx, organizationId);
}

/** Ends a top-up that was not paid. The third failure in a row of automatic ones switches them off. */
export async function settleFailed(
  tx: Tx,
  topup: TopupRow,
  status: "failed" | "expired",
  failure: string | null,
): Promise<void> {
  if (!(await updateTopupClosed(tx, topup, status, failure)) || topup.kind !== "automatic") return;
  const ctx = systemContext(topup.organizationId);
  const state = await updateAutoFailed(tx, topup.organizationId, failure);
  await recordEvent(tx, ctx, "billing.auto_topup.failed", { topup_id: topup.id, reason: failure });
  if (state && !state.isEnabled)
    await recordEvent(tx, ctx, "billing.auto_topup.disabled", { failures: state.failures, reason: failure });
}

/** Notes the ids of a payment on its row and answers the row with them. */
export async function nameTopup(
  tx: Tx,
  topup: TopupRow,
  names: { sessionId?: string | null; paymentIntentId?: string | null },
): Promise<TopupRow> {
  await updateTopupNames(tx, topup, names);
  return {
    ...topup,
    stripeSessionId: topup.stripeSessionId ?? names.sessionId ?? null,
    stripePaymentIntentId: topup.stripePaymentIntentId ?? names.paymentIntentId ?? null,
  };
}
