import { changeHundredths, meanOf, quotient, ratioHalfUp, toMillionths } from "#lib/pricing/decimal";
import type { DecisionStatus, Variant } from "#lib/pricing/names";

/** Decisions together: margins as the exact sum of millionths of a percent. */
export type DecisionTotals = { count: number; approved: number; marginSum: bigint };

type Decided = { decision_status: DecisionStatus; gross_margin_pct: number };

export function decisionTotals(decided: readonly Decided[]): DecisionTotals {
  return {
    count: decided.length,
    approved: decided.filter(({ decision_status }) => decision_status === "approved").length,
    marginSum: decided.reduce((sum, { gross_margin_pct }) => sum + BigInt(toMillionths(gross_margin_pct)), 0n),
  };
}

/** The figures of a week (contract A14). */
export function weeklyMetrics(
  { count, approved, marginSum }: DecisionTotals,
  exceptions: { created: number; closed: number },
) {
  return {
    total_quotes: count,
    approved_count: approved,
    escalated_count: count - approved,
    approval_rate: quotient(approved, count, 2),
    avg_margin_pct: meanOf(marginSum, count, 2),
    exceptions_created: exceptions.created,
    exceptions_closed: exceptions.closed,
  };
}
export type WeeklyMetrics = ReturnType<typeof weeklyMetrics>;

export type WeekFigures = Pick<
  WeeklyMetrics,
  "total_quotes" | "approval_rate" | "avg_margin_pct" | "exceptions_created"
>;

/** From how many hundredths of a percent on a change is worth a sentence. */
const shifts = { volume: 2_500, approval: 1_000, margin: 1_000, exceptions: 2_500 };

function shift(words: string, hundredths: number, from: number): string[] {
  if (Math.abs(hundredths) < from) return [];
  const tenths = ratioHalfUp(Math.abs(hundredths), 10) / 10;
  return [`${words} ${hundredths > 0 ? "up" : "down"} ${tenths.toFixed(1)}%`];
}

/** Week over week in percent of the week before, and what of it is worth a look (contract A15). */
export function compareWeeks(current: WeekFigures, previous: WeekFigures) {
  const change = (field: keyof WeekFigures) =>
    changeHundredths(toMillionths(current[field]), toMillionths(previous[field]));
  const quotes = change("total_quotes");
  const approval = change("approval_rate");
  const margin = change("avg_margin_pct");
  const exceptions = change("exceptions_created");
  const significant_shifts = [
    ...shift("Quote volume", quotes, shifts.volume),
    ...shift("Approval rate", approval, shifts.approval),
    ...shift("Average margin", margin, shifts.margin),
    // Fewer exceptions are no cause for a review.
    ...(exceptions > 0 ? shift("Exception creation", exceptions, shifts.exceptions) : []),
  ];
  return {
    week_over_week_changes: {
      total_quotes_change: quotes / 100,
      approval_rate_change: approval / 100,
      avg_margin_change: margin / 100,
      exceptions_created_change: exceptions / 100,
    },
    significant_shifts,
    requires_review: significant_shifts.length > 0,
  };
}

const enough = 10;
const one = 1_000_000n;
const approvalDropMax = one / 10n;

const variantSummary = ({ count, approved, marginSum }: DecisionTotals) => ({
  count,
  approval_rate: quotient(approved, count, 2),
  avg_margin_pct: meanOf(marginSum, count, 2),
});

/** Both sides over a common denominator, so that no rounding decides. */
function recommend(control: DecisionTotals, test: DecisionTotals) {
  const [controls, tests] = [BigInt(control.count), BigInt(test.count)];
  const gain = test.marginSum * controls - control.marginSum * tests;
  const drop = (BigInt(control.approved) * tests - BigInt(test.approved) * controls) * one;
  if (gain > 0n && drop <= approvalDropMax * controls * tests) return "roll_out";
  return gain < 0n && drop >= 0n ? "discard" : "inconclusive";
}

/** What an experiment showed (contract A16). Fewer than 10 quotes in a variant show nothing. */
export function summarizeExperiment(totals: Record<Variant, DecisionTotals>) {
  const { control, test } = totals;
  const isComplete = control.count >= enough && test.count >= enough;
  return {
    status: isComplete ? "complete" : "insufficient_data",
    control: variantSummary(control),
    test: variantSummary(test),
    recommendation: isComplete ? recommend(control, test) : "inconclusive",
  } as const;
}

/** From how many days on an open exception is at risk, and when the executives are asked. */
export const atRiskDays = 14;
const executiveDays = 30;

const risks = {
  none: { action: "no_action", words: undefined },
  ok: { action: "monitor", words: "Exceptions under control" },
  warning: { action: "review_with_revops", words: "Exception risk warning" },
  critical: { action: "schedule_executive_review", words: "Critical exception risk" },
} as const;

type RiskLevel = keyof typeof risks;

export type OpenExceptions = { openExceptions: number; oldestDays: number; atRiskCount: number };

/** How old the open exceptions are, and what follows from it (contract A17). */
export function exceptionAging({ openExceptions, oldestDays, atRiskCount }: OpenExceptions) {
  const isLate = oldestDays >= atRiskDays || atRiskCount > 0;
  const level: RiskLevel =
    openExceptions === 0 ? "none" : oldestDays >= executiveDays ? "critical" : isLate ? "warning" : "ok";
  const { action, words } = risks[level];
  return {
    exception_aging: {
      open_exceptions: openExceptions,
      oldest_days: oldestDays,
      at_risk_count: atRiskCount,
      requires_exec_followup: level === "critical",
      risk_level: level,
      next_action: action,
    },
    exception_alert: {
      level,
      summary: words ? `${words}: ${openExceptions} open, oldest ${oldestDays}d` : "No open exceptions",
      recommended_action: action,
    },
  };
}
