import type { Context } from "#lib/context";
import { listQuotes } from "#lib/pricing/quotes/service";

const quotesMax = 20;

/** A quote as the forms that start work offer it. */
export type QuoteChoice = { id: string; label: string };

/** The newest quotes of the organization, under which work may be sold. */
export async function listQuoteChoices(ctx: Context): Promise<QuoteChoice[]> {
  const { quotes } = await listQuotes(ctx, { limit: quotesMax });
  return quotes.map(({ quote_id, quote }) => ({
    id: quote_id,
    label: `${quote.model}, $${quote.recommended_price.toFixed(2)}, ${quote.estimated_input_tokens + quote.estimated_output_tokens} tokens`,
  }));
}
