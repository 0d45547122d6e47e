import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import type { UsageMetrics } from "#lib/usage/schema";

type MetricCardsProps = {
  metrics: UsageMetrics;
  days: number;
  /** Where the rows behind a figure are listed. */
  links: { credits: string; invocations: string; apiCalls: string; packages: string };
};

/** The figures of the range, each with its change and a way to what it is made of. */
export function MetricCards({ metrics, days, links }: MetricCardsProps) {
  const cards = [
    { label: "Credits used", value: metrics.creditsUsed, change: metrics.creditsChange, href: links.credits },
    { label: "Invocations", value: metrics.invocations, change: metrics.invocationsChange, href: links.invocations },
    { label: "API calls", value: metrics.apiCalls, change: metrics.apiCallsChange, href: links.apiCalls },
    {
      label: "Packages uploaded",
      value: metrics.packagesUploaded,
      change: metrics.packagesChange,
      href: links.packages,
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {cards.map(({ label, value, change, href }) => (
        <Card key={label} className="relative grid content-start gap-0.5 px-4 py-3.5 hover:border-input">
          <dt className="text-muted-foreground">{label}</dt>
          <dd className="font-semibold text-2xl tabular-nums tracking-tight">
            <Link href={href} className="rounded-sm after:absolute after:inset-0">
              {formatNumber(value)}
            </Link>
          </dd>
          <dd className="text-muted-foreground text-xs">
            <Change change={change} /> against {days} days before
          </dd>
        </Card>
      ))}
    </dl>
  );
}

/** A change in per cent. More is neither good nor bad here, so it has no colour. */
function Change({ change }: { change: number }) {
  const Icon = change > 0 ? ArrowUp : change < 0 ? ArrowDown : Minus;
  const direction = change > 0 ? "up" : change < 0 ? "down" : "no change,";
  return (
    <span className="inline-flex items-baseline gap-0.5 font-medium text-foreground tabular-nums">
      <Icon aria-hidden className="size-3 self-center" />
      <span className="sr-only">{direction}</span>
      {formatNumber(Math.abs(change))} %
    </span>
  );
}
