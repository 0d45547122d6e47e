import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import type { weeklyReview } from "#lib/pricing/review/weeks";
import { formatChange, formatPercent } from "../money";

type Review = Awaited<ReturnType<typeof weeklyReview>>;
export type Week = Review["weeks"][number];

type ChangesProps = { current: Week; changes: Review["comparison"]["week_over_week_changes"] };

/** The figures of this week, each with how it moved. */
export function Changes({ current, changes }: ChangesProps) {
  const figures = [
    { label: "Decisions", value: formatNumber(current.total_quotes), change: changes.total_quotes_change },
    {
      label: "Approval rate",
      value: current.total_quotes > 0 ? formatPercent(current.approval_rate * 100, 0) : "–",
      change: changes.approval_rate_change,
    },
    {
      label: "Average margin",
      value: current.total_quotes > 0 ? formatPercent(current.avg_margin_pct, 2) : "–",
      change: changes.avg_margin_change,
    },
    {
      label: "Exceptions opened",
      value: formatNumber(current.exceptions_created),
      change: changes.exceptions_created_change,
    },
  ];
  return (
    <Card>
      <dl className="grid grid-cols-2 lg:grid-cols-4">
        {figures.map(({ label, value, change }, index) => (
          <div
            key={label}
            className={[
              "grid content-start gap-0.5 px-4 py-3.5",
              index % 2 === 1 ? "border-l" : "lg:not-first:border-l",
              index > 1 ? "max-lg:border-t" : "",
            ].join(" ")}
          >
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="font-semibold text-2xl tabular-nums tracking-tight">{value}</dd>
            <dd className="text-muted-foreground text-xs">{formatChange(change)} against last week</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
