"use client";

import { Badge } from "#components/ui/badge";
import type { Quote } from "#lib/pricing/quotes/schema";
import { BandBadge, GuardrailNote } from "../../badges";
import { formatCost, formatMarkup, formatPercent, formatPrice } from "../../money";
import { segmentWords } from "../../words";
import type { Checked, Priced } from "./priced";

/** A price differs from cost times markup by half a cent at most, unless the floor made it. */
const roundingMax = 0.005 + 1e-9;

type SegmentCardsProps = {
  priced: Priced;
  segment: Quote["segment"];
  onSelect: (segment: Quote["segment"]) => void;
};

/** The price in every segment side by side; one is chosen. */
export function SegmentCards({ priced, segment, onSelect }: SegmentCardsProps) {
  const { quotes_by_segment, comparison } = priced;
  return (
    <fieldset className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <legend className="sr-only">Segment</legend>
      {Object.values(quotes_by_segment).map((checked) => {
        const name = checked.quote.segment;
        return (
          <label
            key={name}
            className="grid cursor-pointer content-start gap-2 rounded-lg border bg-card p-4 has-checked:border-primary has-focus-visible:outline-2 has-focus-visible:outline-ring has-checked:ring-1 has-checked:ring-primary"
          >
            <span className="flex items-center gap-2">
              <input
                type="radio"
                name="segment"
                value={name}
                checked={segment === name}
                onChange={() => onSelect(name)}
                className="size-4 accent-primary outline-none"
              />
              <span className="font-medium">{segmentWords[name]}</span>
            </span>
            <SegmentPrice checked={checked} />
            <span className="flex flex-wrap gap-1.5">
              {comparison.best_value_segment === name ? <Badge>Best value</Badge> : null}
              {comparison.highest_margin_segment === name ? <Badge>Highest margin</Badge> : null}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function SegmentPrice({ checked: { quote, guardrail_check } }: { checked: Checked }) {
  const isFloor = quote.recommended_price - quote.internal_cost * quote.final_markup > roundingMax;
  return (
    <>
      <span className="font-semibold text-2xl tabular-nums tracking-tight">{formatPrice(quote.recommended_price)}</span>
      <span className="flex flex-wrap items-center gap-2 tabular-nums">
        {formatPercent(quote.gross_margin_pct)} margin <BandBadge band={quote.margin_band} />
      </span>
      <GuardrailNote check={guardrail_check} />
      <span className="text-muted-foreground text-xs tabular-nums">
        {formatCost(quote.internal_cost)} cost {formatMarkup(quote.final_markup)}
        {isFloor ? ", minimum price" : ""}
      </span>
    </>
  );
}
