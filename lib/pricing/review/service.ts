import { toMillionths } from "#lib/pricing/decimal";
import {
  compareWeeks,
  decisionTotals,
  exceptionAging,
  summarizeExperiment,
  weeklyMetrics,
} from "#lib/pricing/review/calculate";
import type {
  ComparisonInput,
  ExceptionAlertInput,
  ExperimentInput,
  PortfolioInput,
  WeeklyInput,
} from "#lib/pricing/review/schema";
import { portfolioAlert, rollup } from "#lib/pricing/rollup";

/** The calculators of document 004: what they are given is counted, nothing is stored. */

/** Contract A13; the alert repeats the average as it was given. */
export function alertPortfolio({ scenario_count, compliant_count, average_margin_pct }: PortfolioInput) {
  const portfolio_summary = rollup(scenario_count, compliant_count, toMillionths(average_margin_pct.value));
  return {
    success: true,
    portfolio_summary,
    portfolio_alert: portfolioAlert(portfolio_summary, average_margin_pct.text),
  };
}

/** Contract A14. */
export function aggregateWeek({ quotes }: WeeklyInput) {
  const created = quotes.filter(({ exception_created }) => exception_created).length;
  const closed = quotes.filter(({ exception_closed }) => exception_closed).length;
  return { success: true, weekly_metrics: weeklyMetrics(decisionTotals(quotes), { created, closed }) };
}

/** Contract A15. */
export function compareGivenWeeks(input: ComparisonInput) {
  const current = {
    total_quotes: input.current_total_quotes,
    approval_rate: input.current_approval_rate,
    avg_margin_pct: input.current_avg_margin_pct,
    exceptions_created: input.current_exceptions_created,
  };
  const previous = {
    total_quotes: input.prev_total_quotes,
    approval_rate: input.prev_approval_rate,
    avg_margin_pct: input.prev_avg_margin_pct,
    exceptions_created: input.prev_exceptions_created,
  };
  return { success: true, ...compareWeeks(current, previous) };
}

/** Contract A16. */
export function summarizeGivenExperiment({ quotes }: ExperimentInput) {
  const of = (wanted: string) => decisionTotals(quotes.filter(({ variant }) => variant === wanted));
  return { success: true, ...summarizeExperiment({ control: of("control"), test: of("test") }) };
}

/** Contract A17. */
export function alertExceptions({ open_exceptions, oldest_days, at_risk_count }: ExceptionAlertInput) {
  const counted = { openExceptions: open_exceptions, oldestDays: oldest_days, atRiskCount: at_risk_count };
  return { success: true, ...exceptionAging(counted) };
}
