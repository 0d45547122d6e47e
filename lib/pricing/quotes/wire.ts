import { isCompliant, type QuoteFigures, type QuoteRequest } from "#lib/pricing/arithmetic";
import { bpToMarkup, bpToPercent, centsToDollars, microsToDollars } from "#lib/pricing/decimal";
import type { DeliveryType, Segment } from "#lib/pricing/names";
import { bandOf } from "#lib/pricing/policy/figures";
import type { BatchInput, Guardrail, Quote } from "#lib/pricing/quotes/schema";

type QuoteFieldsOf = Omit<BatchInput, "delivery_type"> & { segment: Segment };

/** The caller's fields as the arithmetic takes them. */
export function requestOf(input: QuoteFieldsOf, deliveryType: DeliveryType): QuoteRequest {
  return {
    model: input.model,
    inputTokens: input.estimated_input,
    outputTokens: input.estimated_output,
    complexity: input.complexity,
    segment: input.segment,
    deliveryType,
  };
}

export function quoteWire(figures: QuoteFigures): Quote {
  return {
    model: figures.model,
    complexity: figures.complexity,
    segment: figures.segment,
    estimated_input_tokens: figures.inputTokens,
    estimated_output_tokens: figures.outputTokens,
    internal_cost: microsToDollars(figures.internalCostMicros),
    base_markup: bpToMarkup(figures.baseMarkupBp),
    segment_adjustment: bpToMarkup(figures.segmentAdjustmentBp),
    final_markup: bpToMarkup(figures.finalMarkupBp),
    recommended_price: centsToDollars(figures.priceCents),
    gross_margin_pct: bpToPercent(figures.grossMarginBp),
    margin_band: bandOf(figures.grossMarginBp),
  };
}

export function guardrailWire(figures: QuoteFigures): Guardrail {
  const is_compliant = isCompliant(figures);
  return {
    delivery_type: figures.deliveryType,
    minimum_margin_pct: bpToPercent(figures.minimumMarginBp),
    actual_margin_pct: bpToPercent(figures.grossMarginBp),
    is_compliant,
    action: is_compliant ? "approve_quote" : "escalate_deal_desk",
  };
}

/** Both at once, as most answers show them. */
export function checkedWire(figures: QuoteFigures): { quote: Quote; guardrail_check: Guardrail } {
  return { quote: quoteWire(figures), guardrail_check: guardrailWire(figures) };
}
