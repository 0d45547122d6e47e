import { CircleCheck, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { DecisionState } from "#lib/pricing/decisions/schema";
import type { Guardrail, Quote } from "#lib/pricing/quotes/schema";
import { formatPercent } from "./money";
import { bandWords, deliveryWords, stateWords } from "./words";

/** How good a margin is, in a word. */
export function BandBadge({ band }: { band: Quote["margin_band"] }) {
  return <Badge tone={bandWords[band].tone}>{bandWords[band].label}</Badge>;
}

/** What became of a decision. */
export function StateBadge({ state }: { state: DecisionState }) {
  return <Badge tone={stateWords[state].tone}>{stateWords[state].label}</Badge>;
}

/** Whether a margin meets the guard-rail, with the margin it asks for. */
export function GuardrailNote({ check }: { check: Guardrail }) {
  const Icon = check.is_compliant ? CircleCheck : TriangleAlert;
  return (
    <span
      className={`inline-flex items-center gap-1.5 text-xs ${check.is_compliant ? "text-success" : "text-warning"}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {check.is_compliant ? "Meets" : "Misses"} {formatPercent(check.minimum_margin_pct, 0)} for{" "}
      {deliveryWords[check.delivery_type].toLowerCase()}
    </span>
  );
}
