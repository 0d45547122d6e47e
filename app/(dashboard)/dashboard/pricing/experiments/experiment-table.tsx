import { Badge } from "#components/ui/badge";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Experiment } from "#lib/pricing/experiments/schema";
import { formatPercent } from "../money";
import { ResultBadge, signedMarkup } from "./result";

/** The experiments with what they show so far. */
export function ExperimentTable({ experiments }: { experiments: Experiment[] }) {
  return (
    <Table label="Experiments">
      <thead>
        <tr>
          <Th>Experiment</Th>
          <Th>Status</Th>
          <Th className="text-right">Control</Th>
          <Th className="text-right">Test</Th>
          <Th>Result</Th>
          <Th className="text-right">Begun</Th>
        </tr>
      </thead>
      <tbody>
        {experiments.map(({ experiment_id, name, status, markup_adjustment, test_share_pct, summary, created_at }) => (
          <Tr key={experiment_id}>
            <Td className="sm:w-1/3">
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/pricing/experiments/${experiment_id}`}
                  className="rounded-sm font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
                >
                  {name}
                </Link>
                <span className="text-muted-foreground text-xs">
                  Markup {signedMarkup(markup_adjustment)} for {formatPercent(test_share_pct, 0)} of customers
                </span>
              </span>
            </Td>
            <Td label="Status">
              <span>{status === "running" ? <Badge tone="accent">Running</Badge> : <Badge>Completed</Badge>}</span>
            </Td>
            <Variant label="Control" seen={summary.control} />
            <Variant label="Test" seen={summary.test} />
            <Td label="Result">
              <span>
                <ResultBadge summary={summary} />
              </span>
            </Td>
            <Td label="Begun" className="text-muted-foreground sm:text-right">
              <RelativeTime value={created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Variant({ label, seen }: { label: string; seen: Experiment["summary"]["control"] }) {
  return (
    <Td label={label} className="whitespace-nowrap tabular-nums sm:text-right">
      <span className="grid">
        {formatNumber(seen.count)} decision{seen.count === 1 ? "" : "s"}
        {seen.count > 0 ? (
          <span className="text-muted-foreground text-xs">
            {formatPercent(seen.approval_rate * 100, 0)} approved, {formatPercent(seen.avg_margin_pct)} margin
          </span>
        ) : null}
      </span>
    </Td>
  );
}
