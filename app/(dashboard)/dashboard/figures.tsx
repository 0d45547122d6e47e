import { Card } from "#components/ui/card";
import { formatCompact, formatMicros, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";

type Summary = {
  days: number;
  runs: number;
  tokens: number;
  costMicros: number | null;
  failed: number;
  creditsUsed: number;
};

/** The figures of the organization: what is left and what was used. */
export function Figures({ credits, summary }: { credits: number; summary: Summary }) {
  const { days, creditsUsed } = summary;
  // Without runs there is no sum, yet nothing was spent for certain.
  const costMicros = summary.runs === 0 ? 0 : summary.costMicros;
  const figures = [
    {
      label: "Credits",
      href: "/dashboard/billing",
      value: formatNumber(credits),
      note: `left, ${formatNumber(creditsUsed)} used in ${days} days`,
    },
    {
      label: "Runs",
      href: "/dashboard/runs",
      value: formatCompact(summary.runs),
      note: summary.failed > 0 ? `${formatNumber(summary.failed)} failed` : `last ${days} days`,
    },
    {
      label: "Tokens",
      href: "/dashboard/usage?by=model",
      value: formatCompact(summary.tokens),
      note: `last ${days} days`,
    },
    {
      label: "Model spend",
      href: "/dashboard/usage?by=model",
      value: formatMicros(costMicros),
      note: costMicros === null ? "no model used has a known price" : `last ${days} days`,
    },
  ];
  return (
    <Card>
      <dl className="grid grid-cols-2 lg:grid-cols-4">
        {figures.map(({ label, href, value, note }, index) => (
          <div
            key={label}
            className={[
              "grid content-start gap-0.5 px-4 py-3.5",
              index % 2 === 1 ? "border-l" : "lg:not-first:border-l",
              index > 1 ? "max-lg:border-t" : "",
            ].join(" ")}
          >
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="truncate font-semibold text-2xl tabular-nums tracking-tight">
              <Link href={href} className="rounded-sm hover:underline" aria-label={`${label}: ${value}, details`}>
                {value}
              </Link>
            </dd>
            <dd className="text-muted-foreground text-xs">{note}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
