import { selectBestAccount, updateAccountActive, updateAccountExhausted, wireBest } from "#lib/account-pool/queries";
import type { BestAccount, SelectBestAccount } from "#lib/account-pool/schema";
import { requireAccount } from "#lib/account-pool/service";
import type { Context } from "#lib/context";
import { type Tx, tenant } from "#lib/db/transaction";
import { AppError, conflict, notFound } from "#lib/errors";

/** Puts an account to use. Throws `not_found`, or `conflict` when it is exhausted or blocked. */
export async function startWith(tx: Tx, ctx: Context, id: number): Promise<void> {
  if (await updateAccountActive(tx, ctx.organizationId, id)) return;
  const { status } = await requireAccount(tx, ctx, id);
  throw conflict(`Account is ${status}; choose another account`);
}

/** Marks an account as used up, whatever it has left. Throws `not_found`. */
export async function exhaust(tx: Tx, ctx: Context, id: number): Promise<void> {
  if (!(await updateAccountExhausted(tx, ctx.organizationId, id))) throw notFound("Account");
}

type Wanted = { minCredits: number; specialization?: string; exceptId?: number };

/** The best ready account, by the rule of P10; nothing when there is none. */
export async function findBest(tx: Tx, ctx: Context, wanted: Wanted): Promise<BestAccount | undefined> {
  const best = await selectBestAccount(tx, ctx.organizationId, wanted);
  return best && wireBest(best);
}

/** The same, put to use. */
export async function activateBest(tx: Tx, ctx: Context, wanted: Wanted): Promise<BestAccount | undefined> {
  for (;;) {
    const best = await selectBestAccount(tx, ctx.organizationId, wanted);
    if (!best) return undefined;
    const active = await updateAccountActive(tx, ctx.organizationId, best.id, wanted.minCredits);
    if (active) return wireBest(active);
    // Somebody else changed it since; the next look sees that.
  }
}

/** The best account for a piece of work (contract P10); reserves nothing. Throws `not_found` with a suggestion. */
export async function selectBest(ctx: Context, input: SelectBestAccount): Promise<{ data: BestAccount }> {
  const { specialization, min_credits: minCredits } = input;
  const wanted = { minCredits, ...(specialization && { specialization }) };
  const best = await findBest(tenant(ctx), ctx, wanted);
  if (!best) {
    throw new AppError("not_found", "No available accounts with sufficient credits", {
      facts: { suggestion: "Use backup accounts or wait for credit refresh" },
    });
  }
  return { data: best };
}
