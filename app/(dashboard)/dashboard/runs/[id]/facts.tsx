import type { ReactNode } from "react";
import { Card } from "#components/ui/card";
import { formatDuration, formatMicros, formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import type { RunOrigin } from "#lib/runs/list-queries";
import type { RunDetails } from "#lib/runs/schema";
import { kindWords, strategyWords } from "../words";

const linkClass = "rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground";

type FactsProps = {
  run: RunDetails;
  origin: RunOrigin;
  /** The quote under which it is sold. */
  quoteId: string | null;
};

/** What a run is, what it took, and where it came from. */
export function Facts({ run, origin, quoteId }: FactsProps) {
  const { appId, sessionId } = origin;
  const facts: { label: string; value: ReactNode }[] = [
    { label: "Kind", value: kindWords[run.kind] },
    { label: "Strategy", value: strategyWords[run.strategy] },
    { label: "Score", value: run.score === null ? "–" : `${run.score.toFixed(1)} of 10` },
    {
      label: "Tokens",
      value: `${formatNumber(run.inputTokens)} in, ${formatNumber(run.outputTokens)} out`,
    },
    { label: "Cost", value: formatMicros(run.costMicros) },
    ...(run.chargedMicros > 0 ? [{ label: "Charged", value: formatMicros(run.chargedMicros) }] : []),
    {
      label: "Took",
      value: run.completedAt ? formatDuration(Date.parse(run.completedAt) - Date.parse(run.createdAt)) : "–",
    },
    { label: "Started", value: <RelativeTime value={run.createdAt} /> },
    ...(run.attempts > 1 ? [{ label: "Workers", value: `${run.attempts}, one took over from the other` }] : []),
    { label: "By", value: origin.keyName ? `Key “${origin.keyName}”` : (origin.email ?? "Baton") },
    ...(appId
      ? [
          {
            label: "App",
            value: (
              <Link href={`/dashboard/apps/${appId}`} className={linkClass}>
                {origin.appName}
              </Link>
            ),
          },
        ]
      : []),
    ...(sessionId
      ? [
          {
            label: "Session",
            value: (
              <Link href={`/dashboard/sessions/${sessionId}`} className={linkClass}>
                {sessionId}
              </Link>
            ),
          },
        ]
      : []),
    ...(quoteId
      ? [
          {
            label: "Quote",
            value: (
              <Link href={`/dashboard/pricing/quotes/${quoteId}`} className={`${linkClass} font-mono text-xs`}>
                {quoteId}
              </Link>
            ),
          },
        ]
      : []),
    { label: "Request", value: <span className="select-all font-mono text-xs">{run.requestId}</span> },
    { label: "Run", value: <span className="select-all font-mono text-xs">{run.id}</span> },
  ];
  return (
    <Card className="min-w-0 p-4">
      <dl className="grid gap-2">
        {facts.map(({ label, value }) => (
          <div key={label} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-2">
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="tabular-nums [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
