import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { StoredDecision } from "#lib/pricing/decisions/schema";
import { BandBadge, GuardrailNote, StateBadge } from "../badges";
import { formatPercent, formatPrice } from "../money";
import { complexityWords, segmentWords } from "../words";
import { ResolveButtons } from "./resolve-buttons";

/** Decisions with their quotes; those that wait can be resolved here. */
export function DecisionTable({ decisions }: { decisions: StoredDecision[] }) {
  return (
    <Table label="Decisions">
      <thead>
        <tr>
          <Th>Quote</Th>
          <Th className="text-right">Price</Th>
          <Th>Margin</Th>
          <Th>State</Th>
          <Th>Decided</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {decisions.map(({ decision_id, quote_id, quote, guardrail_check, decision, state, resolved_at }) => (
          <Tr key={decision_id}>
            <Td>
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/pricing/quotes/${quote_id}`}
                  className="truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {quote.model}, {segmentWords[quote.segment]}
                  <span className="sr-only">, open the quote</span>
                </Link>
                <span className="text-muted-foreground text-xs">{complexityWords[quote.complexity]} complexity</span>
              </span>
            </Td>
            <Td label="Price" className="tabular-nums sm:text-right">
              {formatPrice(quote.recommended_price)}
            </Td>
            <Td label="Margin">
              <span className="grid justify-items-start gap-0.5">
                <span className="flex items-center gap-2 tabular-nums">
                  {formatPercent(quote.gross_margin_pct)} <BandBadge band={quote.margin_band} />
                </span>
                <GuardrailNote check={guardrail_check} />
              </span>
            </Td>
            <Td label="State">
              <span className="grid justify-items-start gap-0.5">
                <StateBadge state={state} />
                {resolved_at ? (
                  <span className="text-muted-foreground text-xs">
                    <RelativeTime value={resolved_at} />
                  </span>
                ) : null}
              </span>
            </Td>
            <Td label="Decided" className="text-muted-foreground">
              <span className="grid min-w-0">
                <RelativeTime value={decision.generated_at} />
                <span className="text-xs [overflow-wrap:anywhere]">{decision.approver}</span>
              </span>
            </Td>
            <Td className="sm:text-right">
              {state === "waiting" ? (
                <ResolveButtons
                  decisionId={decision_id}
                  name={`${quote.model} for ${segmentWords[quote.segment]} at ${formatPrice(quote.recommended_price)}`}
                />
              ) : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
