import { afterAll, beforeAll, expect, test } from "vitest";
import { findAnomalies } from "#lib/orchestrator/anomalies";
import { forecastOf } from "#lib/orchestrator/status";
import { setDailyBudget } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { callsOfThisHour, spendToday } from "#lib/testing/orchestrator";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

test("A2 the documented figures: 12.43 of 50", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await spendToday(organizationId, 12.43);
  const { status, body } = await send("GET /api/orchestrator/status", { apiKey });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    daily_budget: 50,
    today_spend: 12.43,
    budget_remaining: 37.57,
    budget_utilization_pct: 24.86,
    budget_alert_level: "ok",
    operational_flags: {
      budget_alert_level: "ok",
      max_provider_utilization_pct: 0,
      hot_providers: [],
      requires_ops_attention: false,
      recommended_action: "No action required",
    },
    model_mix_recommendation: {
      strategy: "balanced",
      primary: ["k2p5", "sonnet"],
      secondary: ["codex"],
      restricted: [],
      reason: "Normal operating range",
    },
    monthly_forecast: { projected_spend: 372.9, budget_ceiling: 1500, delta_to_budget: 1127.1 },
    pricing_policy: { min_markup: 3, target_markup: 4, max_markup: 5, minimum_price: 0.5 },
    example_task_quote: {
      model: "k2p5",
      estimated_tokens: 2000,
      internal_cost: 0.002,
      recommended_price: 0.5,
      gross_margin_pct: 99.6,
    },
    quote_decision_preview: {
      decision_status: "approved",
      approver: "ops-auto",
      delivery_type: "task",
      next_step: "send_quote",
    },
    quote_portfolio_preview: { scenario_count: 3, compliant_count: 3, average_margin_pct: 88.13 },
    portfolio_alert_preview: { level: "ok", summary: "Portfolio healthy: 3/3 compliant, margin 88.13%" },
    weekly_metrics_preview: { total_quotes: 0 },
    weekly_comparison_preview: { requires_review: false },
    exception_aging_preview: { open_exceptions: 0 },
    exception_alert_preview: { level: expect.any(String) },
    usage_anomalies: { has_anomalies: false, anomalies: [], count: 0, severity: "none" },
    provider_usage: {
      anthropic: { current: 0, hourly: 50, remaining: 50, utilization_pct: 0 },
      "kimi-coding": { current: 0, hourly: 100, remaining: 100, utilization_pct: 0 },
    },
  });
  expect(body.models_active).toBeGreaterThanOrEqual(7);
  expect(forecastOf({ daily: 50_000_000, spent: 14_000_000 })).toMatchObject({ projected_spend: 420 });
});

test("A2 use is counted from what is stored: the five most called models, all calls", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await callsOfThisHour(organizationId, "kimi-coding", "k2p5", 3);
  for (const model of ["sonnet", "opus", "codex", "gpt4", "claude"])
    await callsOfThisHour(organizationId, "openai", model, 1);
  const { body } = await send("GET /api/orchestrator/status", { apiKey });
  expect(body.usage_summary.top_models).toHaveLength(5);
  expect(body.usage_summary.top_models[0]).toEqual({
    model: "k2p5",
    calls: 3,
    tokens: 450,
    avg_tokens_per_call: 150,
    estimated_spend: 0.0005,
  });
  expect([body.usage_summary.total_calls, body.recent_usage]).toEqual([8, 8]);
});

test("A2 A24 a provider from 80 % of its hour on is hot: attention, and its models are restricted", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await callsOfThisHour(organizationId, "anthropic", "sonnet", 40);
  const { body } = await send("GET /api/orchestrator/status", { apiKey });
  expect(body.operational_flags).toMatchObject({
    hot_providers: ["anthropic"],
    requires_ops_attention: true,
    max_provider_utilization_pct: 80,
  });
  expect(body.model_mix_recommendation).toMatchObject({ primary: ["k2p5"], restricted: ["sonnet"] });
  expect(body.usage_anomalies).toMatchObject({
    count: 1,
    severity: "warning",
    anomalies: [{ type: "model_concentration", value: 100, threshold: 80 }],
  });
  const limits = (await send("GET /api/rate-limits", { apiKey })).body.limits;
  expect(limits).toMatchObject({
    kimi: { used: 0, limit: 100, remaining: 100 },
    anthropic: { used: 40, limit: 50, remaining: 10 },
  });
  expect(limits.anthropic.reset_at).toMatch(/:00:00(\.000)?Z$/);
  expect(Date.parse(limits.anthropic.reset_at)).toBeGreaterThan(Date.now());
});

test("A2 anomalies: a spike, $100 in an hour, one model, failures", () => {
  const quiet = { lastHourMicros: 0, dayBeforeMicros: 0, runs: 0, failedRuns: 0 };
  const use = (calls: number[]) => calls.map((count, index) => ({ model: `m${index}`, calls: count, tokens: 0 }));
  const types = (...given: Parameters<typeof findAnomalies>) =>
    findAnomalies(...given).anomalies.map(({ type }) => type);
  expect(types([], quiet)).toEqual([]);
  expect(types([], { ...quiet, lastHourMicros: 1_000_000 }), "not more than $1").toEqual([]);
  expect(types([], { ...quiet, lastHourMicros: 1_000_001 })).toEqual(["spend_spike"]);
  expect(
    types([], { ...quiet, lastHourMicros: 3_000_000, dayBeforeMicros: 24_000_000 }),
    "three times exactly",
  ).toEqual([]);
  expect(types([], { ...quiet, lastHourMicros: 3_000_001, dayBeforeMicros: 24_000_000 })).toEqual(["spend_spike"]);
  expect(findAnomalies([], { ...quiet, lastHourMicros: 100_000_001, dayBeforeMicros: 9e9 })).toMatchObject({
    severity: "critical",
  });
  expect(types(use([16, 4]), quiet), "80 % exactly").toEqual([]);
  expect(types(use([17, 3]), quiet)).toEqual(["model_concentration"]);
  expect(types(use([19]), quiet), "too few").toEqual([]);
  expect(types([], { ...quiet, runs: 20, failedRuns: 4 })).toEqual([]);
  expect(types([], { ...quiet, runs: 20, failedRuns: 5 })).toEqual(["error_rate"]);
});

test("A2 another day's budget is another: the level follows the budget at once", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await spendToday(organizationId, 9);
  await setDailyBudget(apiKey, 10);
  const { body } = await send("GET /api/orchestrator/status", { apiKey });
  expect(body).toMatchObject({
    budget_alert_level: "critical",
    budget_remaining: 1,
    operational_flags: { requires_ops_attention: true },
  });
  expect(body.model_mix_recommendation).toMatchObject({ strategy: "budget_protect", restricted: ["sonnet", "opus"] });
});
