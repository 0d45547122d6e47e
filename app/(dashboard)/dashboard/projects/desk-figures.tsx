import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import type { Stats } from "#lib/workdesk/schema";
import { formatMinutes } from "./words";

/** The figures over all projects and accounts, and what hand-overs are said to save. */
export function DeskFigures({ stats }: { stats: Stats }) {
  const { credits, minutes } = stats.estimated_savings;
  const figures = [
    { label: "Active projects", value: formatNumber(stats.active_projects), note: "being worked on" },
    { label: "Ready accounts", value: formatNumber(stats.active_accounts), note: "available or in use" },
    {
      label: "Sessions",
      value: formatNumber(stats.total_sessions),
      note: `${formatNumber(stats.total_credits)} credits used`,
    },
    {
      label: "Estimated savings",
      value: `${formatNumber(credits)} credits`,
      note: `and ${formatMinutes(minutes)}, by ${formatNumber(stats.rotations)} ${stats.rotations === 1 ? "rotation" : "rotations"}`,
    },
  ];
  return (
    <Card>
      <dl className="grid grid-cols-2 lg:grid-cols-4">
        {figures.map(({ label, value, note }, index) => (
          <div
            key={label}
            className={[
              "grid content-start gap-0.5 px-4 py-3.5",
              index % 2 === 1 ? "border-l" : "lg:not-first:border-l",
              index > 1 ? "max-lg:border-t" : "",
            ].join(" ")}
          >
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="font-semibold text-xl tabular-nums tracking-tight">{value}</dd>
            <dd className="text-muted-foreground text-xs">{note}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
