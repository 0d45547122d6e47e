import { Badge } from "#components/ui/badge";
import { formatDuration, formatMicros, formatNumber } from "#components/ui/format";
import type { ModelChoice } from "../../model-choices";
import type { Column } from "./columns";
import type { Usage } from "./stream";

/** What an answer took: tokens, time to the first text, whole time, cost. */
export function Measures({ column, price }: { column: Column; price: ModelChoice["price"] }) {
  const { usage, firstTextMs, totalMs, simulated } = column;
  if (usage === null && totalMs === null) return null;
  const measures = [
    {
      label: "Tokens",
      value: usage ? `${formatNumber(usage.inputTokens)} in, ${formatNumber(usage.outputTokens)} out` : null,
    },
    { label: "First text", value: firstTextMs === null ? null : formatDuration(firstTextMs) },
    { label: "Total", value: totalMs === null ? null : formatDuration(totalMs) },
    { label: "Cost", value: usage ? describeCost(usage, price) : null },
  ].filter(({ value }) => value !== null);
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t px-4 py-2.5 text-xs">
      <dl className="contents">
        {measures.map(({ label, value }) => (
          <div key={label} className="flex gap-1.5">
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {simulated ? <Badge tone="warning">Simulated</Badge> : null}
    </footer>
  );
}

// A simulated answer is priced like a real one, here as in the list of runs, so that the two agree.
function describeCost(usage: Usage, price: ModelChoice["price"]): string {
  if (price === null) return formatMicros(null);
  const micros = (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1_000_000;
  return formatMicros(Math.round(micros));
}
