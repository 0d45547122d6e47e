import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { isCompliant, type QuoteFigures } from "#lib/pricing/arithmetic";
import { bpToPercent } from "#lib/pricing/decimal";
import { publicId, type Variant } from "#lib/pricing/names";
import { insertQuotes, type QuoteSource } from "#lib/pricing/quotes/queries";
import type { Checked } from "#lib/pricing/quotes/schema";
import { checkedWire } from "#lib/pricing/quotes/wire";
import { type PricingEvent, publishPricing } from "#lib/webhooks/pricing/service";

type Told = { event: PricingEvent; data: Record<string, unknown> };

export type StoredFigures = { id: string; figures: QuoteFigures };

/** What web hooks learn of a quote (contract A7). */
export function quoteData({ id, figures }: StoredFigures): Record<string, unknown> {
  const { quote } = checkedWire(figures);
  const { model, segment, recommended_price, gross_margin_pct } = quote;
  return { quote_id: publicId("quote", id), model, segment, recommended_price, gross_margin_pct };
}

function eventsOf(stored: StoredFigures): Told[] {
  const { figures } = stored;
  const data = quoteData(stored);
  const generated: Told = { event: "pricing.quote_generated", data };
  if (isCompliant(figures)) return [generated];
  const { deliveryType: delivery_type, minimumMarginBp } = figures;
  const alert = { ...data, delivery_type, minimum_margin_pct: bpToPercent(minimumMarginBp) };
  return [generated, { event: "pricing.margin_alert", data: alert }];
}

type Under = { policyVersion: number; experimentId?: string | null; variant?: Variant | null };

/**
 * Stores quotes and tells of them: `pricing.quote_generated` for each, `pricing.margin_alert` for each below its guard-rail,
 * then `more`, which may name the stored quotes. Four statements, however many quotes. Answers them in order.
 */
export async function storeQuotes(
  tx: Tx,
  ctx: Context,
  source: QuoteSource,
  quotes: readonly QuoteFigures[],
  { policyVersion, experimentId = null, variant = null }: Under,
  more: (stored: StoredFigures[]) => Told[] = () => [],
): Promise<StoredFigures[]> {
  const stored = quotes.map((figures) => ({ id: uuidv7(), figures }));
  await insertQuotes(
    tx,
    ctx,
    source,
    stored.map((one) => ({ ...one, policyVersion, experimentId, variant })),
  );
  await publishPricing(tx, ctx, [...stored.flatMap(eventsOf), ...more(stored)]);
  return stored;
}

export function storedWire({ id, figures }: StoredFigures): Checked {
  return { quote_id: publicId("quote", id), ...checkedWire(figures) };
}
