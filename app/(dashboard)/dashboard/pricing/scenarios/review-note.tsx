import { Badge, type Tone } from "#components/ui/badge";
import { formatNumber } from "#components/ui/format";
import type { PricedSet } from "#lib/pricing/scenarios/service";

function wordOf({ requires_executive_review, needs_escalation }: PricedSet): { tone: Tone; label: string } {
  if (requires_executive_review) return { tone: "danger", label: "Executive review" };
  return needs_escalation ? { tone: "warning", label: "Deal desk" } : { tone: "success", label: "Can be sent" };
}

/** How many scenarios meet the guard-rail, and who has to look at the proposal. */
export function ReviewNote({ priced }: { priced: PricedSet }) {
  const { tone, label } = wordOf(priced);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 tabular-nums">
      {formatNumber(priced.compliant_count)} of {formatNumber(priced.scenario_count)} <Badge tone={tone}>{label}</Badge>
    </span>
  );
}
