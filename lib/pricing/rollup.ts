import { isCompliant, type QuoteFigures } from "#lib/pricing/arithmetic";
import { fromMillionths, quotient } from "#lib/pricing/decimal";
import { executiveMarginBp } from "#lib/pricing/policy/figures";

/** Quotes of one proposal together. The margin sum is in basis points, so that no order of adding changes it. */
export type Totals = { scenarioCount: number; compliantCount: number; marginSumBp: number };

export function totalsOf(quotes: readonly QuoteFigures[]): Totals {
  return {
    scenarioCount: quotes.length,
    compliantCount: quotes.filter(isCompliant).length,
    marginSumBp: quotes.reduce((sum, { grossMarginBp }) => sum + grossMarginBp, 0),
  };
}

/** Fewer than two thirds compliant, or an average below the lowest guard-rail. `averageMillionths` is in percent. */
function requiresExecutiveReview(scenarios: number, compliant: number, averageMillionths: number): boolean {
  return 3 * compliant < 2 * scenarios || averageMillionths < executiveMarginBp * 10_000;
}

/** What both A13 and A18 say of a portfolio; the average as whole millionths of a percent. */
export function rollup(scenarioCount: number, compliantCount: number, averageMillionths: number) {
  return {
    scenario_count: scenarioCount,
    compliant_count: compliantCount,
    compliance_ratio: scenarioCount === 0 ? 1 : quotient(compliantCount, scenarioCount, 2),
    needs_escalation: compliantCount < scenarioCount,
    requires_executive_review: requiresExecutiveReview(scenarioCount, compliantCount, averageMillionths),
    average_margin_pct: fromMillionths(averageMillionths),
  };
}

/** The roll-up of quotes: the average is the mean of their one-decimal margins, with two decimals. */
export function rollupOf(quotes: readonly QuoteFigures[]) {
  const totals = totalsOf(quotes);
  const averageMillionths = quotient(totals.marginSumBp, totals.scenarioCount, 0) * 10_000;
  return rollup(totals.scenarioCount, totals.compliantCount, averageMillionths);
}

export type Rollup = ReturnType<typeof rollup>;

const levels = {
  ok: { words: "healthy", action: "send_proposal" },
  warning: { words: "warning", action: "review_with_deal_desk" },
  critical: { words: "critical", action: "schedule_executive_review" },
} as const;

/** The alert of a roll-up; `average` is the number as it was given. */
export function portfolioAlert(rolled: Rollup, average: string) {
  const level = rolled.requires_executive_review ? "critical" : rolled.needs_escalation ? "warning" : "ok";
  const { words, action } = levels[level];
  const { compliant_count, scenario_count } = rolled;
  return {
    level,
    summary: `Portfolio ${words}: ${compliant_count}/${scenario_count} compliant, margin ${average}%`,
    recommended_action: action,
  } as const;
}
