import { batch } from "#lib/db/batch";
import { system, type Tx } from "#lib/db/transaction";
import { AppError, conflict, notFound } from "#lib/errors";
import {
  type Accounted,
  callAccounting,
  callAdd,
  callDebit,
  callExpire,
  callRefund,
  callTakeBack,
  selectBalance,
} from "#lib/ledger/queries";
import {
  type Addition,
  type Balance,
  type Debit,
  type Entry,
  type Hold,
  microsPerCredit,
  type Tenant,
} from "#lib/ledger/schema";
import type { HoldRequest } from "#lib/ledger/serialize";

/** Amounts come from code, not from callers; a wrong one is a programming error and must not reach the database. */
function requireWhole(value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`${value} is not a whole amount of money.`);
}

/** The caller cannot pay: `required` and `available` are whole credits. */
export function insufficientCredits(required: number, available: number, message = "Insufficient credits"): AppError {
  return new AppError("payment_required", message, { reason: "INSUFFICIENT_CREDITS", facts: { required, available } });
}

function otherAmount(reference: string): AppError {
  return conflict(`The reference '${reference}' was used before with another amount.`, "REFERENCE_REUSED");
}

/**
 * Spends whole credits in the transaction of their cause. It locks the organization until the transaction ends: call it
 * last, and no model before it is committed, as the call's hold would wait for it. Throws `payment_required` with `required` and `available`; a repeated reference answers the first call's balance.
 */
export async function debitCredits(tx: Tx, { organizationId }: Tenant, debit: Debit): Promise<Entry> {
  requireWhole(debit.amount, 1);
  const { outcome, balance, available } = await callDebit(tx, organizationId, debit);
  if (outcome === "refused") throw insufficientCredits(debit.amount, available);
  if (outcome === "conflict") throw otherAmount(debit.reference);
  return { balance, isNew: outcome === "done" };
}

/** Reverses the debit of that reference, once, however often it is called. Throws `not_found` for an unknown debit. */
export async function refundDebit(
  tx: Tx,
  { organizationId }: Tenant,
  { reference, description }: { reference: string; description: string },
): Promise<Entry> {
  const { outcome, balance } = await callRefund(tx, organizationId, reference, description);
  if (outcome === "unknown") throw notFound(`Debit '${reference}'`);
  return { balance, isNew: outcome === "done" };
}

/** Adds whole credits, once per reference. Needs a transaction with Baton's own rights: a tenant cannot add any. */
export async function addCredits(tx: Tx, { organizationId }: Tenant, addition: Addition): Promise<Entry> {
  requireWhole(addition.amount, 1);
  const { outcome, balance } = await callAdd(tx, organizationId, addition);
  if (outcome === "conflict") throw otherAmount(addition.reference);
  return { balance, isNew: outcome === "done" };
}

/**
 * Reverses a purchase that the bank took back: `taken` credits go, down to zero and never what is held for calls under
 * way; `missing` were spent already. Once per reference, even when nothing was left to take. Needs Baton's own rights.
 */
export async function takeBackCredits(
  tx: Tx,
  { organizationId }: Tenant,
  debit: Debit,
): Promise<Entry & { taken: number; missing: number }> {
  requireWhole(debit.amount, 1);
  const { outcome, balance, taken, missing } = await callTakeBack(tx, organizationId, debit);
  if (outcome === "conflict") throw otherAmount(debit.reference);
  return { taken, missing, balance, isNew: outcome === "done" };
}

/** What an organization has, and what of it can be spent now. */
export function getBalance(tx: Tx, { organizationId }: Tenant): Promise<Balance> {
  return selectBalance(tx, organizationId);
}

type Accounting = { settlement: Hold } | { request: HoldRequest };

/** Settlements come first: they make room for the holds beside them. */
async function account(items: Accounting[]): Promise<Accounted[]> {
  const settlements = items.flatMap((item) => ("settlement" in item ? [item.settlement] : []));
  const requests = items.flatMap((item) => ("request" in item ? [item.request] : []));
  const answers = await callAccounting(system, settlements, requests);
  const settled = answers.slice(0, settlements.length).values();
  const held = answers.slice(settlements.length).values();
  return items.flatMap((item) => ("settlement" in item ? settled : held).next().value ?? []);
}

const accounting = batch<Accounting, Accounted>("ledger.accounting", account);

/**
 * Sets micro-dollars aside in a transaction of its own that is shared by all holds and settlements of this process that
 * arrive together.
 * Decided one after the other: nothing is refused that is affordable, nothing admitted beyond the balance. Throws
 * `payment_required`; `conflict` when the reference was used with another amount or its hold is closed.
 */
export async function holdCredits(request: HoldRequest): Promise<Hold> {
  requireWhole(request.micros, 1);
  const { organizationId, reference, micros } = request;
  const { outcome, micros: left } = await accounting.submit({ request });
  if (outcome === "refused") {
    const required = Math.ceil(micros / microsPerCredit);
    const available = Math.floor(left / microsPerCredit);
    const message = `Insufficient credits: this call may cost up to ${required}, and ${available} are available. Lower max_tokens or add credits.`;
    throw insufficientCredits(required, available, message);
  }
  if (outcome === "conflict") throw otherAmount(reference);
  if (outcome === "closed") throw conflict(`The hold '${reference}' is closed.`, "HOLD_CLOSED");
  if (outcome === "unknown") throw notFound("Organization");
  return { organizationId, reference, micros };
}

/** What of it was charged, in micro-dollars. */
export type Settled = { chargedMicros: number };

function settledOf(hold: Hold, { outcome, micros: chargedMicros }: Accounted): Settled {
  if (outcome === "unknown") throw notFound(`Hold '${hold.reference}'`);
  if (outcome === "conflict") throw otherAmount(hold.reference);
  return { chargedMicros };
}

/**
 * Closes a hold at what its call cost, grouped like `holdCredits`. More than was held is charged as far as it is available;
 * a hold that has expired meanwhile, as far as anything is. Settling again at the same cost changes nothing.
 */
export async function settleHold(hold: Hold, micros: number): Promise<Settled> {
  requireWhole(micros, 0);
  return settledOf(hold, await accounting.submit({ settlement: { ...hold, micros } }));
}

/** Closes a hold at what its call cost, in the transaction that records the call. */
export async function settleHoldWithin(tx: Tx, hold: Hold, micros: number): Promise<Settled> {
  requireWhole(micros, 0);
  const [answer] = await callAccounting(tx, [{ ...hold, micros }], []);
  return settledOf(hold, answer ?? { outcome: "unknown", micros: 0 });
}

/** Closes a hold whose call cost nothing. A hold that is closed stays as it is. */
export async function releaseHold(hold: Hold): Promise<void> {
  await settleHold(hold, 0);
}

/** Resolves when every hold and settlement that was handed over is stored; for shutdown. */
export function flushLedger(): Promise<void> {
  return accounting.flush();
}

/** Clean-up: closes holds whose call never came back, of at most 100 organizations at a time. Answers of how many. */
export async function expireHolds(): Promise<number> {
  return (await callExpire(system, 100)).expired;
}
