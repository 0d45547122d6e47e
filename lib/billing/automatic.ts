import {
  type AutoTopupRow,
  claimForgottenTopups,
  insertDueTopups,
  selectAutoTopup,
  selectCustomer,
  upsertAutoTopup,
} from "#lib/billing/auto-queries";
import { chargeLocally } from "#lib/billing/local-checkout";
import { lockTopup, selectDebtors } from "#lib/billing/payment-queries";
import { collectOwed, nameTopup, settleFailed, settlePaid, settleReversals } from "#lib/billing/payments";
import { packages, priceOf } from "#lib/billing/prices";
import { deleteOldEvents, expireCheckouts, type TopupRow, updateTopupIntent } from "#lib/billing/queries";
import type { AutoTopup, UpdateAutoTopup } from "#lib/billing/schema";
import { type Charged, chargeSaved } from "#lib/billing/stripe-api";
import type { Context } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import { systemTransaction, type Tx, transaction } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { log } from "#lib/log";
import { recordAudit } from "#lib/records/service";
import { paymentMode } from "#lib/stripe/secret";

const perRound = 20;
/** Stripe remembers idempotency keys for a day; before that ends, a charge of unknown outcome is given up. */
const giveUpMs = 20 * 3600 * 1_000;

const defaults: AutoTopupRow = {
  isEnabled: false,
  threshold: 100,
  package: "starter",
  ...packages.starter,
  dailyCap: packages.starter.credits,
  failures: 0,
  lastFailure: null,
};

async function read(
  tx: Tx,
  { organizationId }: Context,
  lock?: Sql,
): Promise<{ row: AutoTopupRow; hasPaymentMethod: boolean }> {
  const row = (await selectAutoTopup(tx, organizationId, lock)) ?? defaults;
  const customer = await selectCustomer(tx, organizationId);
  return { row, hasPaymentMethod: Boolean(customer?.paymentMethodId) };
}

const wire = (row: AutoTopupRow, hasPaymentMethod: boolean): AutoTopup => ({
  enabled: row.isEnabled,
  threshold: row.threshold,
  package: row.package,
  credits: row.credits,
  amount_cents: row.amountCents,
  daily_cap: row.dailyCap,
  has_payment_method: hasPaymentMethod,
  failures: row.failures,
  last_failure: row.lastFailure,
});

/** The settings of automatic top-ups; the defaults, switched off, when nobody has set any. */
export function getAutoTopup(ctx: Context): Promise<AutoTopup> {
  return transaction(ctx, async (tx) => {
    const { row, hasPaymentMethod } = await read(tx, ctx);
    return wire(row, hasPaymentMethod);
  });
}

function merged(row: AutoTopupRow, input: UpdateAutoTopup): AutoTopupRow {
  const changesPurchase = input.package !== undefined || input.credits !== undefined;
  const price = priceOf(changesPurchase ? input : { package: row.package, credits: row.credits });
  if (!price.ok) throw invalid([{ field: price.field, message: price.message }]);
  const { credits } = price.purchase;
  const dailyCap = input.daily_cap ?? Math.max(row.dailyCap, credits);
  if (dailyCap < credits) {
    const message = `A single top-up has ${credits} credits, so daily_cap must be at least that`;
    throw invalid([{ field: "daily_cap", message }]);
  }
  const isEnabled = input.enabled ?? row.isEnabled;
  return { ...row, ...price.purchase, isEnabled, dailyCap, threshold: input.threshold ?? row.threshold };
}

/** Changes what is given and keeps the rest. Saving counts failures from zero again. Throws `validation`. */
export function updateAutoTopup(ctx: Context, input: UpdateAutoTopup): Promise<AutoTopup> {
  return transaction(ctx, async (tx) => {
    const { row, hasPaymentMethod } = await read(tx, ctx, sql`for update`);
    const next = { ...merged(row, input), failures: 0, lastFailure: null };
    await upsertAutoTopup(tx, ctx.organizationId, next);
    const details = { enabled: next.isEnabled, threshold: next.threshold, credits: next.credits, cap: next.dailyCap };
    await recordAudit(tx, ctx, "config.change", { type: "auto_topup", id: ctx.organizationId }, details);
    return wire(next, hasPaymentMethod);
  });
}

/** Applies what the charge's answer tells; the event of the same payment may have come first. */
async function applyCharge(topup: TopupRow, charged: Charged): Promise<void> {
  if (charged.outcome === "pending") return updateTopupIntent(topup, charged.paymentIntentId);
  const isOld = Date.now() - Date.parse(topup.createdAt) > giveUpMs;
  if (charged.outcome === "unknown") {
    log.warn({ err: charged.cause, topup: topup.id }, "an automatic top-up has no outcome yet");
    if (!isOld || topup.stripePaymentIntentId) return;
  }
  const paymentIntentId = charged.outcome === "unknown" ? null : charged.paymentIntentId;
  await systemTransaction(async (tx) => {
    const locked = await lockTopup(tx, { paymentIntentId, topupId: topup.id });
    if (!locked) return;
    const named = await nameTopup(tx, locked, { paymentIntentId });
    if (charged.outcome !== "paid") {
      const reason = charged.outcome === "refused" ? charged.reason : "The payment provider did not answer for a day.";
      return settleFailed(tx, named, "failed", reason);
    }
    await settlePaid(tx, named);
    await settleReversals(tx, named);
  });
}

async function charge(topup: TopupRow): Promise<void> {
  if (paymentMode() === "local") return chargeLocally(topup);
  await applyCharge(topup, await chargeSaved(topup));
}

/**
 * One round of the worker: buys for organizations below their threshold, looks after charges of unknown outcome, collects
 * owed credits and clears away what has ended. May run on any number of workers at once.
 */
export async function runBilling(): Promise<void> {
  const canCharge = paymentMode() !== "none";
  const due = canCharge ? await insertDueTopups(perRound) : [];
  const forgotten = canCharge ? await claimForgottenTopups(perRound) : [];
  const debtors = await selectDebtors();
  const collect = (id: string) => systemTransaction((tx) => collectOwed(tx, id));
  const work = [...[...due, ...forgotten].map(charge), ...debtors.map(({ id }) => collect(id))];
  for (const outcome of await Promise.allSettled(work))
    if (outcome.status === "rejected") log.error({ err: outcome.reason }, "a round of billing failed in part");
  await expireCheckouts();
  await deleteOldEvents();
}
