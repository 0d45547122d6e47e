import { selectBalance } from "#lib/billing/queries";
import type { CreditBalance } from "#lib/billing/schema";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";

/** What the organization has, has used since the first of the month (UTC), and owes. */
export async function getCreditBalance(ctx: Context): Promise<CreditBalance> {
  const row = await selectBalance(tenant(ctx), ctx.organizationId);
  return {
    credits: row.credits,
    usage_this_month: row.usageThisMonth,
    last_topped_up: row.lastToppedUp,
    status: row.status,
    credits_owed: row.creditsOwed,
  };
}
