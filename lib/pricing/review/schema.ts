import { z } from "zod";
import { bodyObject, choice, decimalAsGiven, decimalNumber, jsonList, wholeNumber } from "#lib/pricing/fields";
import { decisionStatuses, variants } from "#lib/pricing/names";

const countMax = 1_000_000_000;
const quotesMax = 5_000;
const anyCount = { min: 0, max: quotesMax };
const flag = (name: string) => z.boolean(`${name} must be true or false`).nullish();
const decisionStatus = choice("decision_status", decisionStatuses);
const margin = decimalNumber("gross_margin_pct");

export const PortfolioInput = z
  .object(
    {
      scenario_count: wholeNumber("scenario_count", countMax),
      compliant_count: wholeNumber("compliant_count", countMax),
      average_margin_pct: decimalAsGiven("average_margin_pct"),
    },
    bodyObject,
  )
  .refine(({ scenario_count, compliant_count }) => compliant_count <= scenario_count, {
    path: ["compliant_count"],
    message: "compliant_count must not be above scenario_count",
  })
  .meta({ id: "PricingPortfolioInput" });
export type PortfolioInput = z.infer<typeof PortfolioInput>;

export const Rollup = z.object({
  scenario_count: z.int(),
  compliant_count: z.int(),
  compliance_ratio: z.number(),
  needs_escalation: z.boolean(),
  requires_executive_review: z.boolean(),
  average_margin_pct: z.number(),
});
export const Alert = z
  .object({ level: z.string(), summary: z.string(), recommended_action: z.string() })
  .meta({ id: "PricingAlert" });
export const PortfolioAnswer = z.object({
  success: z.literal(true),
  portfolio_summary: Rollup,
  portfolio_alert: Alert,
});

export const WeeklyInput = z
  .object(
    {
      quotes: jsonList(
        "quotes",
        z.object(
          {
            decision_status: decisionStatus,
            gross_margin_pct: margin,
            exception_created: flag("exception_created"),
            exception_closed: flag("exception_closed"),
          },
          "must be an object",
        ),
        anyCount,
      ),
    },
    bodyObject,
  )
  .meta({ id: "PricingWeeklyInput" });
export type WeeklyInput = z.infer<typeof WeeklyInput>;

export const WeeklyMetrics = z
  .object({
    total_quotes: z.int(),
    approved_count: z.int(),
    escalated_count: z.int(),
    approval_rate: z.number(),
    avg_margin_pct: z.number(),
    exceptions_created: z.int(),
    exceptions_closed: z.int(),
  })
  .meta({ id: "PricingWeeklyMetrics" });
export const WeeklyAnswer = z.object({ success: z.literal(true), weekly_metrics: WeeklyMetrics });

export const ComparisonInput = z
  .object(
    {
      current_total_quotes: wholeNumber("current_total_quotes", countMax),
      current_approval_rate: decimalNumber("current_approval_rate", { min: 0, max: 1 }),
      current_avg_margin_pct: decimalNumber("current_avg_margin_pct"),
      current_exceptions_created: wholeNumber("current_exceptions_created", countMax),
      prev_total_quotes: wholeNumber("prev_total_quotes", countMax),
      prev_approval_rate: decimalNumber("prev_approval_rate", { min: 0, max: 1 }),
      prev_avg_margin_pct: decimalNumber("prev_avg_margin_pct"),
      prev_exceptions_created: wholeNumber("prev_exceptions_created", countMax),
    },
    bodyObject,
  )
  .meta({ id: "PricingComparisonInput" });
export type ComparisonInput = z.infer<typeof ComparisonInput>;

export const Comparison = z.object({
  week_over_week_changes: z.object({
    total_quotes_change: z.number(),
    approval_rate_change: z.number(),
    avg_margin_change: z.number(),
    exceptions_created_change: z.number(),
  }),
  significant_shifts: z.array(z.string()),
  requires_review: z.boolean(),
});
export const ComparisonAnswer = Comparison.extend({ success: z.literal(true) });

const variant = choice("variant", variants);
export const ExperimentInput = z
  .object(
    {
      quotes: jsonList(
        "quotes",
        z.object({ variant, decision_status: decisionStatus, gross_margin_pct: margin }, "must be an object"),
        anyCount,
      ),
    },
    bodyObject,
  )
  .meta({ id: "PricingExperimentInput" });
export type ExperimentInput = z.infer<typeof ExperimentInput>;

const VariantSummary = z.object({ count: z.int(), approval_rate: z.number(), avg_margin_pct: z.number() });
export const ExperimentSummary = z.object({
  status: z.enum(["complete", "insufficient_data"]),
  control: VariantSummary,
  test: VariantSummary,
  recommendation: z.enum(["roll_out", "discard", "inconclusive"]),
});
export type ExperimentSummary = z.infer<typeof ExperimentSummary>;
export const ExperimentSummaryAnswer = ExperimentSummary.extend({ success: z.literal(true) });

export const ExceptionAlertInput = z
  .object(
    {
      open_exceptions: wholeNumber("open_exceptions", countMax),
      oldest_days: wholeNumber("oldest_days", countMax),
      at_risk_count: wholeNumber("at_risk_count", countMax),
    },
    bodyObject,
  )
  .refine(({ open_exceptions, at_risk_count }) => at_risk_count <= open_exceptions, {
    path: ["at_risk_count"],
    message: "at_risk_count must not be above open_exceptions",
  })
  .meta({ id: "PricingExceptionAlertInput" });
export type ExceptionAlertInput = z.infer<typeof ExceptionAlertInput>;

export const ExceptionAging = z
  .object({
    open_exceptions: z.int(),
    oldest_days: z.int(),
    at_risk_count: z.int(),
    requires_exec_followup: z.boolean(),
    risk_level: z.enum(["none", "ok", "warning", "critical"]),
    next_action: z.string(),
  })
  .meta({ id: "PricingExceptionAging" });
export const ExceptionAlert = Alert;
export const ExceptionAlertAnswer = z.object({
  success: z.literal(true),
  exception_aging: ExceptionAging,
  exception_alert: ExceptionAlert,
});
