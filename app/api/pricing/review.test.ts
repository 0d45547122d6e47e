import { beforeAll, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { sendThreeWays, urlencoded } from "#lib/testing/pricing";

let apiKey: string;
beforeAll(async () => {
  ({ apiKey } = await createOrganization());
});

const repeated = (count: number, item: object) => Array.from({ length: count }, () => item);
const weekly = [
  ...repeated(38, { decision_status: "approved", gross_margin_pct: 72.5 }),
  ...repeated(5, { decision_status: "escalated", gross_margin_pct: 72.5, exception_created: false }),
  ...repeated(2, {
    decision_status: "escalated",
    gross_margin_pct: 72.5,
    exception_created: true,
    exception_closed: true,
  }),
];
const trial = [
  ...repeated(38, { variant: "control", decision_status: "approved", gross_margin_pct: 72.5 }),
  ...repeated(7, { variant: "control", decision_status: "escalated", gross_margin_pct: 72.5 }),
  ...repeated(9, { variant: "test", decision_status: "approved", gross_margin_pct: 78 }),
  ...repeated(3, { variant: "test", decision_status: "escalated", gross_margin_pct: 78 }),
];
const weeks = {
  current_total_quotes: 50,
  current_approval_rate: 0.84,
  current_avg_margin_pct: 72.5,
  current_exceptions_created: 3,
  prev_total_quotes: 45,
  prev_approval_rate: 0.88,
  prev_avg_margin_pct: 68,
  prev_exceptions_created: 2,
};

const documented: [string, string, Record<string, unknown>, object][] = [
  [
    "A13",
    "portfolio-alert",
    { scenario_count: 3, compliant_count: 3, average_margin_pct: 88.13 },
    {
      success: true,
      portfolio_summary: {
        scenario_count: 3,
        compliant_count: 3,
        compliance_ratio: 1,
        needs_escalation: false,
        requires_executive_review: false,
        average_margin_pct: 88.13,
      },
      portfolio_alert: {
        level: "ok",
        summary: "Portfolio healthy: 3/3 compliant, margin 88.13%",
        recommended_action: "send_proposal",
      },
    },
  ],
  [
    "A14",
    "weekly-metrics",
    { quotes: weekly },
    {
      success: true,
      weekly_metrics: {
        total_quotes: 45,
        approved_count: 38,
        escalated_count: 7,
        approval_rate: 0.84,
        avg_margin_pct: 72.5,
        exceptions_created: 2,
        exceptions_closed: 2,
      },
    },
  ],
  [
    "A15",
    "weekly-comparison",
    weeks,
    {
      success: true,
      week_over_week_changes: {
        total_quotes_change: 11.11,
        approval_rate_change: -4.55,
        avg_margin_change: 6.62,
        exceptions_created_change: 50,
      },
      significant_shifts: ["Exception creation up 50.0%"],
      requires_review: true,
    },
  ],
  [
    "A16",
    "experiment-summary",
    { quotes: trial },
    {
      success: true,
      status: "complete",
      control: { count: 45, approval_rate: 0.84, avg_margin_pct: 72.5 },
      test: { count: 12, approval_rate: 0.75, avg_margin_pct: 78 },
      recommendation: "roll_out",
    },
  ],
  [
    "A17",
    "exception-alert",
    { open_exceptions: 4, oldest_days: 33, at_risk_count: 2 },
    {
      success: true,
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
    },
  ],
];

test.each(documented)(
  "%s the documented example is exact as JSON, urlencoded and multipart",
  async (_, path, fields, body) => {
    for (const answer of await sendThreeWays(`POST /api/pricing/${path}`, apiKey, fields))
      expect(answer).toMatchObject({ status: 200, body });
  },
);

test("A13 the levels, and the average printed as it was given", async () => {
  const alert = async (scenario_count: number, compliant_count: number, average_margin_pct: string) => {
    const body = new URLSearchParams({
      scenario_count: String(scenario_count),
      compliant_count: String(compliant_count),
      average_margin_pct,
    });
    return (await send("POST /api/pricing/portfolio-alert", { apiKey, headers: urlencoded, body: body.toString() }))
      .body;
  };
  expect((await alert(3, 2, "63.42")).portfolio_alert).toEqual({
    level: "warning",
    summary: "Portfolio warning: 2/3 compliant, margin 63.42%",
    recommended_action: "review_with_deal_desk",
  });
  expect((await alert(3, 1, "75.0")).portfolio_alert).toEqual({
    level: "critical",
    summary: "Portfolio critical: 1/3 compliant, margin 75.0%",
    recommended_action: "schedule_executive_review",
  });
  expect((await alert(3, 3, "-2.5")).portfolio_summary).toMatchObject({
    requires_executive_review: true,
    average_margin_pct: -2.5,
  });
});

test("A14 A16 nothing at all is zeros and too few", async () => {
  const week = await send("POST /api/pricing/weekly-metrics", { apiKey, body: { quotes: "[]" } });
  expect(Object.values(week.body.weekly_metrics)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  const none = await send("POST /api/pricing/experiment-summary", { apiKey, body: { quotes: [] } });
  expect(none.body).toMatchObject({ status: "insufficient_data", recommendation: "inconclusive" });
});
