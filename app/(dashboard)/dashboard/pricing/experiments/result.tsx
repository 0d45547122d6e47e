import { Badge } from "#components/ui/badge";
import type { ExperimentSummary } from "#lib/pricing/review/schema";
import { recommendationWords } from "../words";

/** What an experiment recommends so far. */
export function ResultBadge({ summary }: { summary: ExperimentSummary }) {
  if (summary.status === "insufficient_data") return <Badge>Too few decisions</Badge>;
  const { tone, label } = recommendationWords[summary.recommendation];
  return <Badge tone={tone}>{label}</Badge>;
}

/** An adjustment with its sign: +0.5. */
export const signedMarkup = (adjustment: number): string =>
  `${adjustment < 0 ? "−" : "+"}${Number(Math.abs(adjustment).toFixed(4))}`;
