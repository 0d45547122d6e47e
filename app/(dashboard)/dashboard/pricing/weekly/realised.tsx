import { ButtonLink } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { RealisedAnswer } from "#lib/pricing/realised/schema";
import { formatCost, formatPercent, formatPrice } from "../money";
import { segmentWords } from "../words";

type Margins = RealisedAnswer["total"];

/** What quotes promised and what their work really left, by model and segment. */
export function Realised({ report }: { report: RealisedAnswer }) {
  const { total, by_model_and_segment } = report;
  if (total.quotes === 0)
    return (
      <EmptyState
        title="No quoted work was done in these days"
        level={3}
        action={<ButtonLink href="/dashboard/pricing">To the quotes</ButtonLink>}
      >
        Start work with a quote's id, as its page shows: what the work cost is then compared with the quote.
      </EmptyState>
    );
  return (
    <Table label="Quoted against realised margin">
      <thead>
        <tr>
          <Th>Model and segment</Th>
          <Th className="text-right">Quotes</Th>
          <Th className="text-right">Attempts</Th>
          <Th className="text-right">Revenue</Th>
          <Th className="text-right">Quoted cost</Th>
          <Th className="text-right">Actual cost</Th>
          <Th className="text-right">Quoted margin</Th>
          <Th className="text-right">Realised margin</Th>
        </tr>
      </thead>
      <tbody>
        {by_model_and_segment.map((row) => (
          <Row key={`${row.model} ${row.segment}`} name={`${row.model}, ${segmentWords[row.segment]}`} margins={row} />
        ))}
        {by_model_and_segment.length > 1 ? <Row name="All together" margins={total} isTotal /> : null}
      </tbody>
    </Table>
  );
}

function Row({ name, margins, isTotal = false }: { name: string; margins: Margins; isTotal?: boolean }) {
  const difference = margins.realised_margin_pct - margins.quoted_margin_pct;
  const figures = [
    { label: "Quotes", value: formatNumber(margins.quotes) },
    { label: "Attempts", value: formatNumber(margins.attempts) },
    { label: "Revenue", value: formatPrice(margins.revenue) },
    { label: "Quoted cost", value: formatCost(margins.quoted_cost) },
    { label: "Actual cost", value: formatCost(margins.actual_cost) },
    { label: "Quoted margin", value: formatPercent(margins.quoted_margin_pct) },
  ];
  return (
    <Tr className={isTotal ? "font-medium" : ""}>
      <Td className="whitespace-nowrap font-medium">{name}</Td>
      {figures.map(({ label, value }) => (
        <Td key={label} label={label} className="whitespace-nowrap tabular-nums sm:text-right">
          {value}
        </Td>
      ))}
      <Td label="Realised margin" className="whitespace-nowrap tabular-nums sm:text-right">
        <span className="grid">
          {formatPercent(margins.realised_margin_pct)}
          <span className={cn("text-xs", difference < 0 ? "text-destructive" : "text-success")}>
            {difference < 0 ? "−" : "+"}
            {Math.abs(difference).toFixed(1)} points
          </span>
        </span>
      </Td>
    </Tr>
  );
}
