import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { isCompliant, priceQuote, type QuoteFigures } from "#lib/pricing/arithmetic";
import { bpToPercent, centsToDollars, quotient } from "#lib/pricing/decimal";
import { changedFigures, differences } from "#lib/pricing/policy/change";
import { policyWire } from "#lib/pricing/policy/figures";
import type { PolicyPreview, UpdatePolicy } from "#lib/pricing/policy/schema";
import { currentPolicy } from "#lib/pricing/policy/service";
import { selectQuotes } from "#lib/pricing/quotes/queries";

const quotesMax = 500;

function totals(quotes: readonly QuoteFigures[]) {
  const cents = quotes.reduce((sum, { priceCents }) => sum + priceCents, 0);
  const margins = quotes.reduce((sum, { grossMarginBp }) => sum + grossMarginBp, 0);
  return {
    revenue: centsToDollars(cents),
    margin: bpToPercent(quotient(margins, quotes.length, 0)),
    compliant: quotes.filter(isCompliant).length,
  };
}

/**
 * What a change of the policy would do to the newest 500 quotes: their prices and margins under the policy in force and
 * under the changed one. Stores nothing. Throws `validation` like the change itself.
 */
export async function previewPolicy(ctx: Context, input: UpdatePolicy): Promise<PolicyPreview> {
  const [policy, rows] = await Promise.all([
    currentPolicy(tenant(ctx), ctx),
    selectQuotes(tenant(ctx), ctx.organizationId, { limit: quotesMax, offset: 0 }),
  ]);
  const figures = changedFigures(policy, input);
  const before = rows.map((row) => priceQuote(policy, row));
  const after = rows.map((row) => priceQuote(figures, row));
  const [old, fresh] = [totals(before), totals(after)];
  return {
    success: true,
    pricing_policy: policyWire(figures),
    changed: differences(policy, figures),
    quote_count: rows.length,
    changed_price_count: after.filter(({ priceCents }, index) => priceCents !== before[index]?.priceCents).length,
    revenue: { before: old.revenue, after: fresh.revenue },
    average_margin_pct: { before: old.margin, after: fresh.margin },
    compliant_count: { before: old.compliant, after: fresh.compliant },
  };
}
