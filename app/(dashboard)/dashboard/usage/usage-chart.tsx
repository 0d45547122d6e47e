import { BarChart } from "#components/charts/bar-chart";
import type { Point } from "#components/charts/scale";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";

const sumOf = (values: number[]) => values.reduce((total, value) => total + value, 0);

type UsageChartProps = { invocations: Point[]; credits: Point[]; days: number; per: string };

/** Invocations and credits over the range, each on an axis of its own, and the same figures as a table. */
export function UsageChart({ invocations, credits, days, per }: UsageChartProps) {
  const beforeLabel = `the ${days} days before`;
  const summaryOf = (points: Point[]) => {
    const [now, before] = [points.map(({ value }) => value), points.map((point) => point.before ?? 0)].map(sumOf);
    return `${formatNumber(now ?? 0)} against ${formatNumber(before ?? 0)} in ${beforeLabel}`;
  };
  return (
    <div className="grid grid-cols-1 gap-2">
      <Card className="grid grid-cols-1 divide-y lg:grid-cols-2 lg:divide-x lg:divide-y-0">
        <BarChart title="Invocations" per={per} points={invocations} summary={summaryOf(invocations)} tone="first" />
        <BarChart title="Credits" per={per} points={credits} summary={summaryOf(credits)} tone="second" />
      </Card>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted-foreground text-xs">
        <span className="inline-flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 20 2" className="w-5">
            <path d="M0 1H20" strokeDasharray="3 3" strokeWidth="1.25" className="stroke-muted-foreground" />
          </svg>
          {beforeLabel}
        </span>
        <span>Days begin at midnight UTC.</span>
      </p>
      <details className="grid gap-2">
        <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
          Show the figures as a table
        </summary>
        <div className="mt-2 max-h-96 overflow-y-auto rounded-lg">
          <Table label={`Invocations and credits per ${per}`}>
            <thead>
              <tr>
                <Th className="capitalize">{per}</Th>
                <Th className="text-right">Invocations</Th>
                <Th className="text-right">{days} days before</Th>
                <Th className="text-right">Credits</Th>
                <Th className="text-right">{days} days before</Th>
              </tr>
            </thead>
            <tbody>
              {invocations.map((point, index) => (
                <Tr key={point.label}>
                  <Td className="whitespace-nowrap font-medium">{point.label}</Td>
                  <Figure label="Invocations" value={point.value} />
                  <Figure label="Before" value={point.before ?? 0} />
                  <Figure label="Credits" value={credits[index]?.value ?? 0} />
                  <Figure label="Before" value={credits[index]?.before ?? 0} />
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      </details>
    </div>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <Td label={label} className="tabular-nums sm:text-right">
      {formatNumber(value)}
    </Td>
  );
}
