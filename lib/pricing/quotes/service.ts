import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { pageOf } from "#lib/page";
import { priceQuote, type QuoteFigures } from "#lib/pricing/arithmetic";
import { bpToPercent, centsToDollars } from "#lib/pricing/decimal";
import { publicId, type Segment, segments, uuidOf } from "#lib/pricing/names";
import { currentPolicy } from "#lib/pricing/policy/service";
import type { QuoteQuery } from "#lib/pricing/quotes/list-schema";
import { type QuoteRow, selectQuote, selectQuoteCount, selectQuotes } from "#lib/pricing/quotes/queries";
import type {
  BatchAnswer,
  BatchInput,
  QuoteAnswer,
  QuoteInput,
  ScenarioAnswer,
  ScenarioInput,
  StoredQuote,
  StoredQuotes,
} from "#lib/pricing/quotes/schema";
import { storedWire, storeQuotes } from "#lib/pricing/quotes/store";
import { checkedWire, requestOf } from "#lib/pricing/quotes/wire";
import { rollupOf } from "#lib/pricing/rollup";

/** Prices and stores one quote (contract A10). */
export function createQuote(ctx: Context, input: QuoteInput): Promise<QuoteAnswer> {
  return transaction(ctx, async (tx) => {
    const policy = await currentPolicy(tx, ctx);
    const figures = priceQuote(policy, requestOf(input, input.delivery_type));
    const [stored] = await storeQuotes(tx, ctx, "quote", [figures], { policyVersion: policy.version });
    if (!stored) throw new Error("The quote was not stored.");
    return { success: true, ...storedWire(stored), policy_version: policy.version };
  });
}

/** The first of `quotes` by a comparison that tells every two apart. */
function first(quotes: readonly QuoteFigures[], compare: (a: QuoteFigures, b: QuoteFigures) => number): QuoteFigures {
  const [chosen] = quotes.toSorted(compare);
  if (!chosen) throw new Error("There is nothing to compare.");
  return chosen;
}

const distance = ({ segmentAdjustmentBp }: QuoteFigures) => Math.abs(segmentAdjustmentBp);
/** Among segments whose adjustment is equally near 0, the middle of the market comes first. */
const isOffMiddle = ({ segment }: QuoteFigures) => (segment === "mid_market" ? 0 : 1);

/** Best value: the lowest price, then the lowest markup. Highest margin: then the adjustment nearest 0, then the price. */
export function compareSegments(quotes: readonly QuoteFigures[]): BatchAnswer["comparison"] {
  const value = first(quotes, (a, b) => a.priceCents - b.priceCents || a.finalMarkupBp - b.finalMarkupBp);
  const margin = first(
    quotes,
    (a, b) =>
      b.grossMarginBp - a.grossMarginBp ||
      distance(a) - distance(b) ||
      isOffMiddle(a) - isOffMiddle(b) ||
      b.priceCents - a.priceCents,
  );
  return {
    best_value_segment: value.segment,
    best_value_price: centsToDollars(value.priceCents),
    highest_margin_segment: margin.segment,
    highest_margin_pct: bpToPercent(margin.grossMarginBp),
  };
}

const bySegment = <T>(make: (index: number) => T) =>
  Object.fromEntries(segments.map((segment, index) => [segment, make(index)])) as Record<Segment, T>;

/** Prices and stores a request for every segment, side by side (contract A11). */
export function createBatch(ctx: Context, input: BatchInput): Promise<BatchAnswer> {
  return transaction(ctx, async (tx) => {
    const policy = await currentPolicy(tx, ctx);
    const quotes = segments.map((segment) => priceQuote(policy, requestOf({ ...input, segment }, input.delivery_type)));
    const stored = await storeQuotes(tx, ctx, "batch", quotes, { policyVersion: policy.version });
    const wired = stored.map(storedWire);
    const quotes_by_segment = bySegment((index) => wired[index]) as BatchAnswer["quotes_by_segment"];
    return { success: true, input_params: input, quotes_by_segment, comparison: compareSegments(quotes) };
  });
}

/** All segments of a request under the policy in force, stored nowhere: for a page that shows prices as they are typed. */
export async function previewQuotes(ctx: Context, input: BatchInput) {
  const policy = await currentPolicy(tenant(ctx), ctx);
  const quotes = segments.map((segment) => priceQuote(policy, requestOf({ ...input, segment }, input.delivery_type)));
  const quotes_by_segment = Object.fromEntries(quotes.map((figures) => [figures.segment, checkedWire(figures)]));
  return {
    quotes_by_segment: quotes_by_segment as Record<Segment, ReturnType<typeof checkedWire>>,
    comparison: compareSegments(quotes),
    policy_version: policy.version,
  };
}

/** Prices and stores 1 to 100 scenarios in their order, with the roll-up of the whole proposal (contract A18). */
export function evaluateScenarios(ctx: Context, input: ScenarioInput): Promise<ScenarioAnswer> {
  return transaction(ctx, async (tx) => {
    const policy = await currentPolicy(tx, ctx);
    const quotes = input.scenarios.map((one) => priceQuote(policy, requestOf(one, input.delivery_type)));
    const stored = await storeQuotes(tx, ctx, "scenario", quotes, { policyVersion: policy.version });
    const { delivery_type } = input;
    return { success: true, delivery_type, ...rollupOf(quotes), results: stored.map(storedWire) };
  });
}

export function quoteRowWire(row: QuoteRow): StoredQuote {
  return {
    ...storedWire({ id: row.id, figures: row }),
    source: row.source,
    policy_version: row.policyVersion,
    experiment_id: row.experimentId && publicId("experiment", row.experimentId),
    variant: row.variant,
    created_at: row.createdAt,
  };
}

/** The organization's quotes of the filter, newest first. */
export async function listQuotes(
  ctx: Context,
  { limit, offset, ...filter }: Omit<QuoteQuery, "format"> = {},
): Promise<StoredQuotes> {
  const [rows, { total }] = await Promise.all([
    selectQuotes(tenant(ctx), ctx.organizationId, pageOf({ limit, offset }), filter),
    selectQuoteCount(tenant(ctx), ctx.organizationId, filter),
  ]);
  return { success: true, quotes: rows.map(quoteRowWire), total };
}

/** A stored quote. Throws `not_found`, also for one of another organization. */
export async function getQuote(ctx: Context, id: string): Promise<StoredQuote> {
  const uuid = uuidOf("quote", id);
  const row = uuid && (await selectQuote(tenant(ctx), ctx.organizationId, uuid));
  if (!row) throw notFound("Quote");
  return quoteRowWire(row);
}
