import type { BatchAnswer, BatchInput, Guardrail, Quote } from "#lib/pricing/quotes/schema";
import type { IntervalAnswer } from "#lib/pricing/realised/schema";

export type Checked = { quote: Quote; guardrail_check: Guardrail };

/** What the fields come to: every segment, and the interval of the chosen one. */
export type Priced = {
  input: BatchInput;
  quotes_by_segment: Record<Quote["segment"], Checked>;
  comparison: BatchAnswer["comparison"];
  policy_version: number;
  interval: IntervalAnswer;
};
