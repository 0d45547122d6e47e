import { BarChart } from "#components/charts/bar-chart";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { formatPercent } from "../money";
import type { Week } from "./changes";

const labelOf = ({ week }: Week) =>
  new Date(`${week}T00:00:00Z`).toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });

/** The last weeks, oldest first, as columns; every figure is in the table behind them. */
export function WeekCharts({ weeks }: { weeks: Week[] }) {
  const sum = (of: (week: Week) => number) => weeks.reduce((total, week) => total + of(week), 0);
  const pointsOf = (of: (week: Week) => number) => weeks.map((week) => ({ label: labelOf(week), value: of(week) }));
  const current = weeks.at(-1);
  const charts = [
    {
      title: "Decisions",
      of: (week: Week) => week.total_quotes,
      summary: `${formatNumber(sum((week) => week.total_quotes))} in ${weeks.length} weeks`,
      tone: "first" as const,
    },
    {
      title: "Approved in %",
      of: (week: Week) => Math.round(week.approval_rate * 100),
      summary: `${formatPercent((current?.approval_rate ?? 0) * 100, 0)} this week`,
      tone: "second" as const,
    },
    {
      title: "Average margin in %",
      of: (week: Week) => Math.round(week.avg_margin_pct),
      summary: `${formatPercent(current?.avg_margin_pct ?? 0, 2)} this week`,
      tone: "first" as const,
    },
    {
      title: "Exceptions opened",
      of: (week: Week) => week.exceptions_created,
      summary: `${formatNumber(sum((week) => week.exceptions_created))} in ${weeks.length} weeks`,
      tone: "second" as const,
    },
  ];
  return (
    <div className="grid grid-cols-1 gap-2">
      <Card className="grid grid-cols-1 lg:grid-cols-2">
        {charts.map(({ title, of, summary, tone }, index) => (
          <div
            key={title}
            className={`min-w-0 ${index > 0 ? "max-lg:border-t" : ""} ${index > 1 ? "lg:border-t" : ""} ${index % 2 === 1 ? "lg:border-l" : ""}`}
          >
            <BarChart title={title} per="week" points={pointsOf(of)} summary={summary} tone={tone} />
          </div>
        ))}
      </Card>
      <details className="grid gap-2">
        <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
          Show the weeks as a table
        </summary>
        <div className="mt-2">
          <WeekTable weeks={weeks.toReversed()} />
        </div>
      </details>
    </div>
  );
}

function WeekTable({ weeks }: { weeks: Week[] }) {
  return (
    <Table label="Decisions and exceptions per week">
      <thead>
        <tr>
          {["Week of", "Decisions", "Approved", "Escalated", "Approval rate", "Average margin", "Opened", "Closed"].map(
            (head, index) => (
              <Th key={head} className={index > 0 ? "text-right" : ""}>
                {head}
              </Th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <Tr key={week.week}>
            <Td className="whitespace-nowrap font-medium tabular-nums">{week.week}</Td>
            <Figure label="Decisions">{formatNumber(week.total_quotes)}</Figure>
            <Figure label="Approved">{formatNumber(week.approved_count)}</Figure>
            <Figure label="Escalated">{formatNumber(week.escalated_count)}</Figure>
            <Figure label="Approval rate">
              {week.total_quotes > 0 ? formatPercent(week.approval_rate * 100, 0) : "–"}
            </Figure>
            <Figure label="Average margin">
              {week.total_quotes > 0 ? formatPercent(week.avg_margin_pct, 2) : "–"}
            </Figure>
            <Figure label="Opened">{formatNumber(week.exceptions_created)}</Figure>
            <Figure label="Closed">{formatNumber(week.exceptions_closed)}</Figure>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Figure({ label, children }: { label: string; children: string }) {
  return (
    <Td label={label} className="whitespace-nowrap tabular-nums sm:text-right">
      {children}
    </Td>
  );
}
