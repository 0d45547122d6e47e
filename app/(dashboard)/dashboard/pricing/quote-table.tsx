import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { StoredQuote } from "#lib/pricing/quotes/schema";
import { BandBadge, GuardrailNote } from "./badges";
import { formatCost, formatMarkup, formatPercent, formatPrice } from "./money";
import { complexityWords, segmentWords, sourceWords } from "./words";

/** The quotes of a page of the list. Each leads to its own page. */
export function QuoteTable({ quotes }: { quotes: StoredQuote[] }) {
  return (
    <Table label="Quotes">
      <thead>
        <tr>
          <Th>Quote</Th>
          <Th className="text-right">Tokens</Th>
          <Th className="text-right">Cost</Th>
          <Th className="text-right">Price</Th>
          <Th>Margin</Th>
          <Th className="text-right" aria-sort="descending">
            Made
          </Th>
        </tr>
      </thead>
      <tbody>
        {quotes.map(({ quote_id, quote, guardrail_check, source, created_at }) => (
          <Tr key={quote_id}>
            <Td>
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/pricing/quotes/${quote_id}`}
                  className="truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {quote.model}, {segmentWords[quote.segment]}
                  <span className="sr-only">, open the quote</span>
                </Link>
                <span className="text-muted-foreground text-xs">
                  {complexityWords[quote.complexity]} complexity · {sourceWords[source].toLowerCase()}
                </span>
              </span>
            </Td>
            <Td label="Tokens" className="whitespace-nowrap tabular-nums sm:text-right">
              <span className="grid">
                {formatNumber(quote.estimated_input_tokens)} in
                <span className="text-muted-foreground text-xs">{formatNumber(quote.estimated_output_tokens)} out</span>
              </span>
            </Td>
            <Td label="Cost" className="tabular-nums sm:text-right">
              {formatCost(quote.internal_cost)}
            </Td>
            <Td label="Price" className="tabular-nums sm:text-right">
              <span className="grid">
                <span className="font-medium">{formatPrice(quote.recommended_price)}</span>
                <span className="text-muted-foreground text-xs">{formatMarkup(quote.final_markup)}</span>
              </span>
            </Td>
            <Td label="Margin">
              <span className="grid justify-items-start gap-0.5">
                <span className="flex items-center gap-2 tabular-nums">
                  {formatPercent(quote.gross_margin_pct)} <BandBadge band={quote.margin_band} />
                </span>
                <GuardrailNote check={guardrail_check} />
              </span>
            </Td>
            <Td label="Made" className="text-muted-foreground sm:text-right">
              <RelativeTime value={created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
