import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { SetComparison } from "#lib/pricing/scenarios/service";
import { GuardrailNote } from "../../badges";
import { formatCost, formatPercent, formatPrice } from "../../money";
import { complexityWords, segmentWords } from "../../words";
import { policyName } from "./words";

/** Each scenario under both policies, in the order of the set. */
export function ComparisonTable({ comparison: { rows, before, now } }: { comparison: SetComparison }) {
  const isSame = before.policyVersion === now.policyVersion;
  const [earlier, current] = [policyName(before.policyVersion), `${policyName(now.policyVersion)}, in force`];
  return (
    <Table label="Scenarios">
      <thead>
        <tr>
          <Th>Scenario</Th>
          <Th className="text-right">Tokens</Th>
          <Th className="text-right">Cost</Th>
          {isSame ? null : <Th className="text-right">{earlier}</Th>}
          <Th className="text-right">{current}</Th>
          <Th>Guard-rail now</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ before: old, now: { quote, guardrail_check } }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a set is never changed, and two of its rows may be the same.
          <Tr key={index}>
            <Td>
              <span className="grid min-w-0">
                <span className="font-medium">
                  {quote.model}, {segmentWords[quote.segment]}
                </span>
                <span className="text-muted-foreground text-xs">{complexityWords[quote.complexity]} complexity</span>
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
            {isSame ? null : <Price label={earlier} quote={old.quote} />}
            <Price label={current} quote={quote} />
            <Td label="Guard-rail now">
              <GuardrailNote check={guardrail_check} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Price({ label, quote }: { label: string; quote: SetComparison["rows"][number]["now"]["quote"] }) {
  return (
    <Td label={label} className="tabular-nums sm:text-right">
      <span className="grid">
        <span className="font-medium">{formatPrice(quote.recommended_price)}</span>
        <span className="text-muted-foreground text-xs">{formatPercent(quote.gross_margin_pct)} margin</span>
      </span>
    </Td>
  );
}
