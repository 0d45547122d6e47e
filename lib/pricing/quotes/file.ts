import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import type { QuoteFilter } from "#lib/pricing/quotes/list-schema";
import { selectQuotesAfter } from "#lib/pricing/quotes/queries";
import { quoteRowWire } from "#lib/pricing/quotes/service";

const rowsPerPage = 500;
const head = [
  ...["quote_id", "created_at", "source", "model", "complexity", "segment", "delivery_type", "estimated_input_tokens"],
  ...[
    "estimated_output_tokens",
    "internal_cost",
    "final_markup",
    "recommended_price",
    "gross_margin_pct",
    "margin_band",
  ],
  ...["minimum_margin_pct", "is_compliant", "policy_version"],
];

// Every cell is a number, a time or a word of ours: nothing to quote, and no spreadsheet can take one for a formula.
function line(row: Parameters<typeof quoteRowWire>[0]): string {
  const { quote, guardrail_check: check, ...stored } = quoteRowWire(row);
  const cells = [
    ...[stored.quote_id, stored.created_at, stored.source, quote.model, quote.complexity, quote.segment],
    ...[check.delivery_type, quote.estimated_input_tokens, quote.estimated_output_tokens, quote.internal_cost],
    ...[quote.final_markup, quote.recommended_price, quote.gross_margin_pct, quote.margin_band],
    ...[check.minimum_margin_pct, check.is_compliant, stored.policy_version],
  ];
  return `${cells.join(",")}\r\n`;
}

/** All quotes of the filter as CSV, newest first, read page by page only as fast as the reader takes them. */
export function quotesFile(ctx: Context, filter: QuoteFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let last: string | undefined;
  return new ReadableStream(
    {
      pull: async (controller) => {
        const rows = await selectQuotesAfter(tenant(ctx), ctx.organizationId, filter, last, rowsPerPage);
        controller.enqueue(encoder.encode((last ? "" : `${head.join(",")}\r\n`) + rows.map(line).join("")));
        last = rows.at(-1)?.id ?? last;
        if (rows.length < rowsPerPage) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
