import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { ExperimentSummary } from "#lib/pricing/review/schema";
import { formatPercent } from "../../money";

/** Both variants side by side. */
export function VariantTable({ summary }: { summary: ExperimentSummary }) {
  const rows = [
    { name: "Control", seen: summary.control },
    { name: "Test", seen: summary.test },
  ];
  return (
    <Table label="Variants">
      <thead>
        <tr>
          <Th>Variant</Th>
          <Th className="text-right">Decisions</Th>
          <Th className="text-right">Approval rate</Th>
          <Th className="text-right">Average margin</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, seen }) => (
          <Tr key={name}>
            <Td className="font-medium">{name}</Td>
            <Td label="Decisions" className="tabular-nums sm:text-right">
              {formatNumber(seen.count)}
            </Td>
            <Td label="Approval rate" className="tabular-nums sm:text-right">
              {seen.count > 0 ? formatPercent(seen.approval_rate * 100, 0) : "–"}
            </Td>
            <Td label="Average margin" className="tabular-nums sm:text-right">
              {seen.count > 0 ? formatPercent(seen.avg_margin_pct, 2) : "–"}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
