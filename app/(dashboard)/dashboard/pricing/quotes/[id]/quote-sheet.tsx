import type { ReactNode } from "react";
import { formatNumber } from "#components/ui/format";
import type { StoredQuote } from "#lib/pricing/quotes/schema";
import { BandBadge, GuardrailNote } from "../../badges";
import { formatCost, formatMarkup, formatPercent, formatPrice } from "../../money";
import { complexityWords, deliveryWords, segmentWords } from "../../words";

const dayOf = (time: string) => new Date(time).toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });

/** The quote as a sheet of paper: the price, what it is for, and how it came about. */
export function QuoteSheet({ stored, organization }: { stored: StoredQuote; organization: string }) {
  const { quote, guardrail_check, quote_id, policy_version, created_at, variant } = stored;
  const offer: Row[] = [
    ["Model", quote.model],
    ["Delivery", deliveryWords[guardrail_check.delivery_type]],
    ["Input tokens", formatNumber(quote.estimated_input_tokens)],
    ["Output tokens", formatNumber(quote.estimated_output_tokens)],
  ];
  const sum = quote.base_markup + quote.segment_adjustment;
  const isTested = Math.abs(quote.final_markup - sum) > 1e-9;
  const workings: Row[] = [
    ["Complexity", complexityWords[quote.complexity]],
    ["Segment", segmentWords[quote.segment]],
    ["Internal cost", formatCost(quote.internal_cost)],
    ["Markup of the complexity", formatMarkup(quote.base_markup)],
    ["Adjustment of the segment", signed(quote.segment_adjustment)],
    ...(isTested ? [["Adjustment of the experiment", signed(quote.final_markup - sum)] satisfies Row] : []),
    ["Markup", formatMarkup(quote.final_markup)],
    [
      "Gross margin",
      <span key="margin" className="inline-flex flex-wrap items-center justify-end gap-2">
        {formatPercent(quote.gross_margin_pct)} <BandBadge band={quote.margin_band} />
      </span>,
    ],
    ["Guard-rail", <GuardrailNote key="guardrail" check={guardrail_check} />],
    ["Policy", policy_version > 0 ? `Version ${policy_version}` : "Default"],
    ...(variant ? [["Variant", variant === "test" ? "Test" : "Control"] satisfies Row] : []),
  ];

  return (
    <article className="quote-sheet grid gap-6 rounded-lg border bg-card p-5 sm:p-8">
      <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <h2 className="font-semibold text-lg tracking-tight">Quote</h2>
          <p className="[overflow-wrap:anywhere]">{organization}</p>
          <p className="font-mono text-muted-foreground text-xs [overflow-wrap:anywhere]">{quote_id}</p>
          <p className="text-muted-foreground text-xs">
            <time dateTime={created_at}>{dayOf(created_at)}</time>
          </p>
        </div>
        <p className="grid sm:text-right">
          <span className="text-muted-foreground">Price</span>
          <span className="font-semibold text-3xl tabular-nums tracking-tight">
            {formatPrice(quote.recommended_price)}
          </span>
        </p>
      </header>
      <div className="grid grid-cols-1 gap-x-10 gap-y-6 sm:grid-cols-2 print:grid-cols-1">
        <Facts title="What it is for" rows={offer} />
        <Facts title="How it came about" note="Internal: not printed" className="print:hidden" rows={workings} />
      </div>
    </article>
  );
}

type Row = [label: string, value: ReactNode];

const signed = (factor: number) =>
  factor === 0 ? "0" : `${factor > 0 ? "+" : "−"}${Number(Math.abs(factor).toFixed(4))}`;

type FactsProps = { title: string; note?: string; rows: Row[]; className?: string };

function Facts({ title, note, rows, className }: FactsProps) {
  return (
    <section className={className}>
      <h3 className="mb-1 flex items-baseline justify-between gap-2 font-medium">
        {title} {note ? <span className="font-normal text-muted-foreground text-xs">{note}</span> : null}
      </h3>
      <dl className="grid">
        {rows.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-4 border-t py-1.5">
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
