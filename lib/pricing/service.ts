import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { isCompliant, priceQuote, type QuoteRequest } from "#lib/pricing/arithmetic";
import { nextStep } from "#lib/pricing/decisions/service";
import { getExceptionAging } from "#lib/pricing/exceptions/service";
import { type Policy, policyWire } from "#lib/pricing/policy/figures";
import { currentPolicy } from "#lib/pricing/policy/service";
import { quoteWire } from "#lib/pricing/quotes/wire";
import { currentWeek } from "#lib/pricing/review/weeks";
import { portfolioAlert, rollupOf } from "#lib/pricing/rollup";

const common = { complexity: "medium", segment: "mid_market", deliveryType: "task" } as const;
const exampleTokens = 2_000;
const example: QuoteRequest = { ...common, model: "k2p5", inputTokens: exampleTokens, outputTokens: 0 };
const portfolio: readonly QuoteRequest[] = [
  { ...common, model: "k2p5", inputTokens: 1_200, outputTokens: 800 },
  { ...common, model: "sonnet", inputTokens: 7_000, outputTokens: 2_000 },
  { ...common, model: "opus", inputTokens: 10_000, outputTokens: 4_000 },
];

function policyPreview(policy: Policy) {
  const { complexity_markup, minimum_price } = policyWire(policy);
  const { low: min_markup, medium: target_markup, high: max_markup } = complexity_markup;
  return { min_markup, target_markup, max_markup, complexity_markup, minimum_price };
}

function quotePreviews(policy: Policy, now: Date) {
  const figures = priceQuote(policy, example);
  const { estimated_input_tokens, estimated_output_tokens, ...quote } = quoteWire(figures);
  const decision_status = isCompliant(figures) ? "approved" : "escalated";
  return {
    example_task_quote: { ...quote, estimated_tokens: estimated_input_tokens + estimated_output_tokens },
    quote_decision_preview: {
      decision_status,
      approver: "ops-auto",
      delivery_type: example.deliveryType,
      next_step: nextStep(decision_status),
      generated_at: now.toISOString(),
    },
  } as const;
}

function portfolioPreviews(policy: Policy) {
  const rolled = rollupOf(portfolio.map((request) => priceQuote(policy, request)));
  return {
    quote_portfolio_preview: { delivery_type: common.deliveryType, ...rolled },
    portfolio_alert_preview: portfolioAlert(rolled, String(rolled.average_margin_pct)),
  };
}

/**
 * Every pricing field of the orchestrator's status (contract A2): policy, sample quote and decision, sample portfolio, and
 * this ISO week's decisions and open exceptions as they are stored.
 */
export async function pricingStatus(ctx: Context) {
  const tx = tenant(ctx);
  const [policy, week, exceptions] = await Promise.all([
    currentPolicy(tx, ctx),
    currentWeek(tx, ctx),
    getExceptionAging(tx, ctx),
  ]);
  return {
    pricing_policy: policyPreview(policy),
    ...quotePreviews(policy, new Date()),
    ...portfolioPreviews(policy),
    weekly_metrics_preview: week.metrics,
    weekly_comparison_preview: week.comparison,
    exception_aging_preview: exceptions.exception_aging,
    exception_alert_preview: exceptions.exception_alert,
  };
}
