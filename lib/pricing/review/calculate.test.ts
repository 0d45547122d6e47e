import { expect, test } from "vitest";
import {
  compareWeeks,
  decisionTotals,
  exceptionAging,
  summarizeExperiment,
  weeklyMetrics,
} from "#lib/pricing/review/calculate";
import { rollup } from "#lib/pricing/rollup";

const decided = (approved: number, escalated: number, margin: number) =>
  Array.from({ length: approved + escalated }, (_, index) => ({
    decision_status: index < approved ? ("approved" as const) : ("escalated" as const),
    gross_margin_pct: margin,
  }));

test("A14 is exact: 38 of 45 are 0.84", () => {
  expect(weeklyMetrics(decisionTotals(decided(38, 7, 72.5)), { created: 3, closed: 2 })).toEqual({
    total_quotes: 45,
    approved_count: 38,
    escalated_count: 7,
    approval_rate: 0.84,
    avg_margin_pct: 72.5,
    exceptions_created: 3,
    exceptions_closed: 2,
  });
});

const week = (total_quotes: number, approval_rate: number, avg_margin_pct: number, exceptions_created: number) => ({
  total_quotes,
  approval_rate,
  avg_margin_pct,
  exceptions_created,
});

test("A15 is exact with 50 against 45 quotes (gap 45): 11.11, -4.55, 6.62, 50.0 and one shift", () => {
  expect(compareWeeks(week(50, 0.84, 72.5, 3), week(45, 0.88, 68, 2))).toEqual({
    week_over_week_changes: {
      total_quotes_change: 11.11,
      approval_rate_change: -4.55,
      avg_margin_change: 6.62,
      exceptions_created_change: 50,
    },
    significant_shifts: ["Exception creation up 50.0%"],
    requires_review: true,
  });
});

test("gap 45: with the neighbouring 45 against 40 quotes the change is 12.50, not 11.11", () => {
  expect(compareWeeks(week(45, 1, 1, 1), week(40, 1, 1, 1)).week_over_week_changes.total_quotes_change).toBe(12.5);
});

test("A15 every shift has its sentence at its edge, and fewer exceptions have none", () => {
  expect(compareWeeks(week(125, 0.9, 90, 1), week(100, 1, 100, 4)).significant_shifts).toEqual([
    "Quote volume up 25.0%",
    "Approval rate down 10.0%",
    "Average margin down 10.0%",
  ]);
  expect(compareWeeks(week(124, 0.91, 91, 124), week(100, 1, 100, 100)).requires_review).toBe(false);
  expect(compareWeeks(week(3, 0, 0, 0), week(0, 0, 0, 0)).week_over_week_changes).toEqual({
    total_quotes_change: 100,
    approval_rate_change: 0,
    avg_margin_change: 0,
    exceptions_created_change: 0,
  });
});

const totals = (approved: number, count: number, margin: number) =>
  decisionTotals(decided(approved, count - approved, margin));

test("A16 is exact: 0.84 to 0.75 with margins 72.5 to 78.0 is roll_out", () => {
  expect(summarizeExperiment({ control: totals(38, 45, 72.5), test: totals(9, 12, 78) })).toEqual({
    status: "complete",
    control: { count: 45, approval_rate: 0.84, avg_margin_pct: 72.5 },
    test: { count: 12, approval_rate: 0.75, avg_margin_pct: 78 },
    recommendation: "roll_out",
  });
});

test.each([
  ["a drop of exactly 0.10 is no significant one", totals(9, 10, 70), totals(8, 10, 71), "roll_out"],
  ["a larger drop is mixed", totals(10, 10, 70), totals(8, 10, 71), "inconclusive"],
  ["less margin and no more approvals", totals(8, 10, 70), totals(8, 10, 69), "discard"],
  ["less margin but more approvals is mixed", totals(8, 10, 70), totals(9, 10, 69), "inconclusive"],
  ["the same margin", totals(8, 10, 70), totals(8, 10, 70), "inconclusive"],
] as const)("A16 %s", (_, control, tested, recommendation) => {
  expect(summarizeExperiment({ control, test: tested })).toMatchObject({ status: "complete", recommendation });
});

test("A16 nine quotes in a variant are too few", () => {
  expect(summarizeExperiment({ control: totals(9, 9, 50), test: totals(20, 20, 80) })).toMatchObject({
    status: "insufficient_data",
    recommendation: "inconclusive",
  });
});

const aged = (openExceptions: number, oldestDays: number, atRiskCount: number) =>
  exceptionAging({ openExceptions, oldestDays, atRiskCount });

test("A17 is exact: 4 open, 33 days, 2 at risk is critical", () => {
  expect(aged(4, 33, 2)).toEqual({
    exception_aging: {
      open_exceptions: 4,
      oldest_days: 33,
      at_risk_count: 2,
      requires_exec_followup: true,
      risk_level: "critical",
      next_action: "schedule_executive_review",
    },
    exception_alert: {
      level: "critical",
      summary: "Critical exception risk: 4 open, oldest 33d",
      recommended_action: "schedule_executive_review",
    },
  });
});

test.each([
  [aged(4, 30, 0), "critical", "Critical exception risk: 4 open, oldest 30d", "schedule_executive_review"],
  [aged(4, 29, 1), "warning", "Exception risk warning: 4 open, oldest 29d", "review_with_revops"],
  [aged(1, 14, 0), "warning", "Exception risk warning: 1 open, oldest 14d", "review_with_revops"],
  [aged(2, 13, 0), "ok", "Exceptions under control: 2 open, oldest 13d", "monitor"],
  [aged(0, 0, 0), "none", "No open exceptions", "no_action"],
] as const)("A17 %# is judged by age", (found, level, summary, recommended_action) => {
  expect(found.exception_alert).toEqual({ level, summary, recommended_action });
  expect(found.exception_aging.requires_exec_followup).toBe(level === "critical");
});

test.each([
  [3, 3, 88.13, 1, false, false],
  [3, 2, 63.42, 0.67, true, false],
  [3, 1, 80, 0.33, true, true],
  [3, 3, 44.99, 1, false, true],
  [3, 3, 45, 1, false, false],
  [0, 0, 60, 1, false, false],
] as const)("A13 A18 %d scenarios, %d compliant, %d %%", (count, compliant, average, ratio, escalates, executive) => {
  expect(rollup(count, compliant, Math.round(average * 1_000_000))).toMatchObject({
    compliance_ratio: ratio,
    needs_escalation: escalates,
    requires_executive_review: executive,
    average_margin_pct: average,
  });
});
