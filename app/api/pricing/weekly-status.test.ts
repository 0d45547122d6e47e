import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { weeklyReview } from "#lib/pricing/review/weeks";
import { pricingStatus } from "#lib/pricing/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { escalating } from "#lib/testing/pricing";

const k2p5 = { model: "k2p5", estimated_input: 1_200, estimated_output: 800, complexity: "medium" };

async function escalate(apiKey: string): Promise<string> {
  const { body } = await send("POST /api/pricing/decision", { apiKey, body: escalating });
  return body.decision_id;
}

test("A2 the pricing fields of the status are exact for a new organization", async () => {
  const { ctx } = await createOrganization();
  const status = await pricingStatus(ctx);
  expect(status).toMatchObject({
    pricing_policy: {
      min_markup: 3,
      target_markup: 4,
      max_markup: 5,
      complexity_markup: { low: 3, medium: 4, high: 5 },
      minimum_price: 0.5,
    },
    example_task_quote: {
      model: "k2p5",
      complexity: "medium",
      segment: "mid_market",
      estimated_tokens: 2_000,
      internal_cost: 0.002,
      base_markup: 4,
      segment_adjustment: 0,
      final_markup: 4,
      recommended_price: 0.5,
      gross_margin_pct: 99.6,
      margin_band: "strong",
    },
    quote_decision_preview: {
      decision_status: "approved",
      approver: "ops-auto",
      delivery_type: "task",
      next_step: "send_quote",
    },
    quote_portfolio_preview: {
      delivery_type: "task",
      scenario_count: 3,
      compliant_count: 3,
      compliance_ratio: 1,
      needs_escalation: false,
      requires_executive_review: false,
      average_margin_pct: 88.13,
    },
    portfolio_alert_preview: {
      level: "ok",
      summary: "Portfolio healthy: 3/3 compliant, margin 88.13%",
      recommended_action: "send_proposal",
    },
    weekly_metrics_preview: { total_quotes: 0, approval_rate: 0 },
    weekly_comparison_preview: { significant_shifts: [], requires_review: false },
    exception_aging_preview: { open_exceptions: 0, risk_level: "none" },
    exception_alert_preview: { summary: "No open exceptions" },
  });
});

test("A2 weekly figures come from the stored decisions and exceptions of this ISO week and the last", async () => {
  const { ctx, apiKey, organizationId } = await createOrganization();
  await send("POST /api/pricing/decision", { apiKey, body: k2p5 });
  const decision_id = await escalate(apiKey);
  await send("POST /api/pricing/exceptions", { apiKey, body: { decision_id, reason: "Counted" } });
  const old = await escalate(apiKey);
  await system.run(sql`
    update pricing_decisions set created_at = date_trunc('week', now() at time zone 'UTC') at time zone 'UTC' - interval '1 second'
    where organization_id = ${organizationId} and id = ${old.replace("decision_", "")}::uuid`);
  const { weekly_metrics_preview, weekly_comparison_preview } = await pricingStatus(ctx);
  expect(weekly_metrics_preview).toEqual({
    total_quotes: 2,
    approved_count: 1,
    escalated_count: 1,
    approval_rate: 0.5,
    avg_margin_pct: 74.8,
    exceptions_created: 1,
    exceptions_closed: 0,
  });
  expect(weekly_comparison_preview.week_over_week_changes).toEqual({
    total_quotes_change: 100,
    approval_rate_change: 100,
    avg_margin_change: 49.6,
    exceptions_created_change: 100,
  });
  expect(weekly_comparison_preview.requires_review).toBe(true);
  const { weeks } = await weeklyReview(ctx, 3);
  expect(weeks.map(({ total_quotes }) => total_quotes)).toEqual([2, 1, 0]);
  for (const { week } of weeks) expect(new Date(`${week}T00:00:00Z`).getUTCDay()).toBe(1);
});
