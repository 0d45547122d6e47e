import type { Tone } from "#components/ui/badge";
import type { DecisionState } from "#lib/pricing/decisions/schema";
import type { Exceptions } from "#lib/pricing/exceptions/schema";
import type { Guardrail, Quote, StoredQuote } from "#lib/pricing/quotes/schema";
import type { ExperimentSummary } from "#lib/pricing/review/schema";

export const modelWords: Record<Quote["model"], string> = {
  k2p5: "k2p5",
  sonnet: "sonnet",
  opus: "opus",
  "minimax-m2.5": "minimax-m2.5",
};

export const complexityWords: Record<Quote["complexity"], string> = { low: "Low", medium: "Medium", high: "High" };

export const segmentWords: Record<Quote["segment"], string> = {
  enterprise: "Enterprise",
  mid_market: "Mid-market",
  smb: "Small business",
  startup: "Startup",
};

export const deliveryWords: Record<Guardrail["delivery_type"], string> = {
  task: "Task",
  subscription: "Subscription",
  enterprise: "Enterprise",
};

export const sourceWords: Record<StoredQuote["source"], string> = {
  quote: "Quote",
  batch: "All segments",
  decision: "Decision",
  scenario: "Scenario",
};

export const guardrailWords = { met: "Met", missed: "Missed" };

export const bandWords: Record<Quote["margin_band"], { tone: Tone; label: string }> = {
  strong: { tone: "success", label: "Strong" },
  healthy: { tone: "accent", label: "Healthy" },
  at_risk: { tone: "warning", label: "At risk" },
};

export const stateWords: Record<DecisionState, { tone: Tone; label: string }> = {
  waiting: { tone: "warning", label: "Waiting" },
  approved: { tone: "success", label: "Approved" },
  excepted: { tone: "accent", label: "Exception" },
  declined: { tone: "neutral", label: "Declined" },
};

type Aging = Exceptions["exception_aging"];

export const riskWords: Record<Aging["risk_level"], { tone: "info" | "warning" | "danger"; action: string }> = {
  none: { tone: "info", action: "There is nothing to do." },
  ok: { tone: "info", action: "Keep an eye on them: from 14 days on one is at risk." },
  warning: { tone: "warning", action: "Review them with revenue operations, the oldest first." },
  critical: { tone: "danger", action: "Schedule a review with the executives." },
};

export const recommendationWords: Record<ExperimentSummary["recommendation"], { tone: Tone; label: string }> = {
  roll_out: { tone: "success", label: "Roll out" },
  discard: { tone: "danger", label: "Discard" },
  inconclusive: { tone: "neutral", label: "Inconclusive" },
};

/** The choices of a select, from words. */
export function choicesOf<Value extends string>(
  words: Record<Value, string | { label: string }>,
): { value: Value; label: string }[] {
  return (Object.entries(words) as [Value, string | { label: string }][]).map(([value, word]) => ({
    value,
    label: typeof word === "string" ? word : word.label,
  }));
}
