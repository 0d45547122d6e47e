import type { Context } from "#lib/context";

/** A credit is worth $0.01, which is so many micro-dollars (millionths of a US dollar). */
export const microsPerCredit = 10_000;

export type Tenant = Pick<Context, "organizationId">;

/** Whole credits to take. `reference` names the cause, once per organization: a repeated call changes nothing. */
export type Debit = { amount: number; description: string; reference: string };

/** Whole credits to add. */
export type Addition = Debit & { type: "purchase" | "grant" };

/** The balance after the entry, at the time it was made, and whether this call made it. */
export type Entry = { balance: number; isNew: boolean };

/** `heldMicros` are set aside for calls under way; `availableCredits` are the whole credits left to spend. */
export type Balance = { credits: number; heldMicros: number; availableCredits: number };

/** Micro-dollars set aside for a model call until it is settled or released, or expires. */
export type Hold = { organizationId: string; reference: string; micros: number };
