import { raiseAlerts } from "#lib/budgets/alerts";
import { availableOf, secondsToMidnight } from "#lib/budgets/figures";
import { holdWithin, type Move, moveHeld, type Subject, selectBudget } from "#lib/budgets/queries";
import type { Context } from "#lib/context";
import { type Tx, tenant } from "#lib/db/transaction";
import { rateLimited } from "#lib/errors";

/** Who spends: the key behind the call and the team, where there is one. */
export type Spender = { keyId: string | null; team: string | null };

/** In the order in which their rows are locked everywhere. */
function subjectsOf({ keyId, team }: Spender): Subject[] {
  return [
    { scope: "organization", subject: "" },
    ...(keyId ? [{ scope: "key", subject: keyId } as const] : []),
    ...(team ? [{ scope: "team", subject: team } as const] : []),
  ];
}

const exceeded = () => rateLimited(secondsToMidnight(), "Daily budget exceeded");

/** Refuses at once what the organization's budget cannot cover; that it can is for `holdBudget` to decide. */
export async function checkBudget(ctx: Context, micros: number): Promise<void> {
  if (availableOf(await selectBudget(tenant(ctx), ctx.organizationId)) < micros) throw exceeded();
}

/**
 * Keeps an amount (micro-dollars) of today's budgets free for a call that is to be made: of the organization's, its key's
 * and its team's. Two holds of one organization wait for each other until the transaction ends. Throws `rate_limited`
 * until midnight UTC when one of them does not cover it.
 */
export async function holdBudget(tx: Tx, ctx: Context, spender: Spender, micros: number): Promise<void> {
  for (const subject of subjectsOf(spender)) {
    if ((await holdWithin(tx, ctx.organizationId, subject, micros)) === 0) throw exceeded();
  }
}

/** Moves a hold of `day` on: to what was spent, and what is given back. Announces what levels that reaches. */
export async function settleBudget(tx: Tx, ctx: Context, spender: Spender, move: Move): Promise<void> {
  if (move.spent === 0 && move.released === 0) return;
  for (const subject of subjectsOf(spender)) await moveHeld(tx, ctx.organizationId, subject, move);
  if (move.spent > 0) await raiseAlerts(tx, ctx);
}
