import { join, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Addition, Balance, Debit, Hold } from "#lib/ledger/schema";
import { type HoldRequest, holdsJson, settlementsJson } from "#lib/ledger/serialize";

/** `done`, `repeated` (the stored result of an earlier call), or why nothing was done. */
type Outcome<Refusals extends string = never> = { outcome: "done" | "repeated" | "conflict" | Refusals };
type Moved = { balance: number };

export function callDebit(tx: Tx, organizationId: string, { amount, description, reference }: Debit) {
  return tx.one<Outcome<"refused"> & Moved & { available: number }>(sql`
    select outcome, balance, available
    from baton.debit_credits(${organizationId}, ${amount}, ${description}, ${reference})`);
}

export function callRefund(tx: Tx, organizationId: string, reference: string, description: string) {
  return tx.one<Outcome<"unknown"> & Moved>(sql`
    select outcome, balance from baton.refund_debit(${organizationId}, ${reference}, ${description})`);
}

export function callAdd(tx: Tx, organizationId: string, { type, amount, description, reference }: Addition) {
  return tx.one<Outcome & Moved>(sql`
    select outcome, balance from baton.add_credits(${organizationId}, ${type}, ${amount}, ${description}, ${reference})`);
}

export function callTakeBack(tx: Tx, organizationId: string, { amount, description, reference }: Debit) {
  return tx.one<Outcome & Moved & { taken: number; missing: number }>(sql`
    select outcome, balance, taken, missing
    from baton.take_back_credits(${organizationId}, ${amount}, ${description}, ${reference})`);
}

export function selectBalance(tx: Tx, organizationId: string): Promise<Balance> {
  return tx.one<Balance>(sql`
    select credits, held_micros, available_micros / 10000 as available_credits
    from organizations where id = ${organizationId}`);
}

/** `micros`: what is available to a hold, what was charged by a settlement. */
export type Accounted = Outcome<"refused" | "closed" | "unknown"> & { micros: number };

/** Closes and makes holds in one statement, each after the other; answers the settlements and then the holds, in order. */
export function callAccounting(tx: Tx, settlements: Hold[], holds: HoldRequest[]): Promise<Accounted[]> {
  const settled = sql`
    select 1 as step, ordinal, outcome, charged_micros as micros
    from baton.settle_holds(${settlementsJson(settlements)}::json)`;
  const held = sql`
    select 2 as step, ordinal, outcome, available_micros as micros from baton.hold_credits(${holdsJson(holds)}::json)`;
  const parts = [...(settlements.length > 0 ? [settled] : []), ...(holds.length > 0 ? [held] : [])];
  return tx.all<Accounted>(sql`select outcome, micros from (${join(parts, " union all ")}) a order by step, ordinal`);
}

/** Closes expired holds of at most so many organizations; answers of how many. */
export function callExpire(tx: Tx, organizations: number): Promise<{ expired: number }> {
  return tx.one<{ expired: number }>(sql`select baton.expire_holds(${organizations}) as expired`);
}
