import { selectTopupBySession, selectTopups, type TopupRow } from "#lib/billing/queries";
import type { Topup, TopupsQuery } from "#lib/billing/schema";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";

/** A top-up as callers see it. */
export function topupOf(row: TopupRow): Topup {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    package: row.package,
    credits: row.credits,
    credits_taken_back: row.creditsTakenBack,
    amount_cents: row.amountCents,
    currency: row.currency,
    session_id: row.stripeSessionId,
    receipt_url: row.receiptUrl,
    failure: row.failure,
    created_at: row.createdAt,
    paid_at: row.paidAt,
  };
}

/** The organization's top-ups, newest first; with `session_id` the one of that checkout, or none. */
export async function listTopups(ctx: Context, query: TopupsQuery): Promise<{ topups: Topup[] }> {
  const { limit = 20, offset = 0, session_id } = query;
  if (session_id === undefined)
    return { topups: (await selectTopups(tenant(ctx), ctx.organizationId, limit, offset)).map(topupOf) };
  const found = session_id.includes("\0")
    ? undefined
    : await selectTopupBySession(tenant(ctx), ctx.organizationId, session_id);
  return { topups: found ? [topupOf(found)] : [] };
}
