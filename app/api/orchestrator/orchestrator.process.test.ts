import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { findAnomalies } from "#lib/orchestrator/anomalies";
import { inCents } from "#lib/orchestrator/billing";
import { forecastOf } from "#lib/orchestrator/status";
import { hoursAndMinutes } from "#lib/orchestrator/system";
import { setDailyBudget, spawn, workOff } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

const today = () => new Date().toISOString().slice(0, 10);

/** What earlier calls of today have cost, as if agents had settled it. */
const spendToday = (organizationId: string, dollars: number) =>
  system.run(sql`
    insert into budget_days (organization_id, day, scope, subject, spent_micros)
    values (${organizationId}, (now() at time zone 'UTC')::date, 'organization', '', ${Math.round(dollars * 1_000_000)})`);

const callsOfThisHour = (organizationId: string, provider: string, model: string, count: number) =>
  system.run(sql`
    with run as (
      insert into runs (id, organization_id, kind, strategy, status, cost_micros, request_id)
      values (gen_random_uuid(), ${organizationId}, 'agent', 'single', 'completed', 0, 'req_test') returning id
    )
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, input_tokens, output_tokens,
      cost_micros, latency_ms)
    select gen_random_uuid(), ${organizationId}, id, n, 'generate', 'completed', ${model}, ${provider}, 100, 50, 0, 1
    from run, generate_series(1, ${count}::int) as n`);

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

describe("A3 recommend-model", () => {
  test.each<[object, string]>([
    [{ task_type: "coding", complexity: "medium", priority: "normal", estimated_tokens: 2_500 }, "k2p5"],
    [{}, "k2p5"],
    [{ complexity: "low", task_type: "research" }, "k2p5"],
    [{ task_type: "creative" }, "sonnet"],
    [{ task_type: "analysis", priority: "low" }, "k2p5"],
    [{ task_type: "coding", complexity: "high" }, "sonnet"],
    [{ task_type: "research", complexity: "high" }, "opus"],
    [{ task_type: "research", complexity: "high", priority: "low" }, "sonnet"],
    [{ task_type: "coding", complexity: "high", priority: "high" }, "opus"],
    [{ task_type: "gardening", complexity: "high" }, "sonnet"],
    [{ task_type: "research", complexity: "high", estimated_tokens: 4_000_000 }, "sonnet"],
    [{ task_type: "research", complexity: "high", estimated_tokens: 20_000_000 }, "k2p5"],
  ])("%j → %s", async (body, model) => {
    const { apiKey } = await createOrganization();
    const answer = await send("POST /api/orchestrator/recommend-model", { apiKey, body });
    expect(answer.body).toMatchObject({
      recommended_model: model,
      budget_available: true,
      daily_budget: 50,
      today_spend: 0,
      budget_remaining: 50,
    });
  });

  test("the mix restricts: at warning no opus, at critical only k2p5; and what nobody can pay is said", async () => {
    const { apiKey, organizationId } = await createOrganization();
    await spendToday(organizationId, 36);
    const ask = async (body: object) => (await send("POST /api/orchestrator/recommend-model", { apiKey, body })).body;
    expect(await ask({ task_type: "research", complexity: "high" })).toMatchObject({
      recommended_model: "sonnet",
      budget_remaining: 14,
    });
    expect(await ask({ estimated_tokens: 20_000_000 })).toMatchObject({
      recommended_model: "k2p5",
      budget_available: false,
      estimated_cost: 20,
    });
  });

  test.each([
    { complexity: "huge" },
    { priority: "now" },
    { estimated_tokens: 0 },
    { estimated_tokens: 1.5 },
    { task_type: 5 },
  ])("%j is 400 in the short form", async (body) => {
    const { apiKey } = await createOrganization();
    const answer = await send("POST /api/orchestrator/recommend-model", { apiKey, body });
    expect(answer).toMatchObject({ status: 400, body: { success: false, error: expect.any(String) } });
  });
});

test("+A3 the configuration is read, changed in part, and of this organization alone", async () => {
  const { apiKey } = await createOrganization();
  const stranger = await createOrganization();
  const first = (await send("GET /api/orchestrator/config", { apiKey })).body.config;
  expect(first).toEqual({
    daily_budget: 50,
    provider_limits: { anthropic: 50, "kimi-coding": 100 },
    spending_alerts: { percents: [70, 90], mail: false },
    retention_days: 30,
    budgets: [],
  });
  const body = {
    daily_budget: 12.5,
    provider_limits: { anthropic: 7 },
    spending_alerts: { percents: [95, 50] },
    retention_days: 9,
  };
  const changed = await send("PUT /api/orchestrator/config", { apiKey, body });
  expect(changed.body).toEqual({
    success: true,
    config: {
      daily_budget: 12.5,
      provider_limits: { anthropic: 7, "kimi-coding": 100 },
      spending_alerts: { percents: [50, 95], mail: false },
      retention_days: 9,
      budgets: [],
    },
  });
  expect((await send("GET /api/orchestrator/config", { apiKey: stranger.apiKey })).body.config).toEqual(first);
});

test.each([
  { daily_budget: -1 },
  { daily_budget: "5" },
  { provider_limits: { anthropic: 1.5 } },
  { spending_alerts: { percents: [0] } },
  { retention_days: 400 },
  { budgets: [{ scope: "key", id: "nobody", daily_budget: 1 }] },
  { budgets: [{ scope: "team", id: "team_nobody", daily_budget: 1 }] },
  { budgets: [{ scope: "person", id: "x", daily_budget: 1 }] },
])("+A3 %j is 400 and changes nothing", async (body) => {
  const { apiKey } = await createOrganization();
  const answer = await send("PUT /api/orchestrator/config", { apiKey, body: { daily_budget: 9, ...body } });
  expect(answer).toMatchObject({ status: 400, body: { success: false, error: expect.any(String) } });
  expect((await send("GET /api/orchestrator/config", { apiKey })).body.config.daily_budget).toBe(50);
});

test("A25 the real host, with the organization's agents", async () => {
  const { apiKey } = await createOrganization();
  await spawn(apiKey);
  const { status, body } = await send("GET /api/system", { apiKey });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    uptime: expect.stringMatching(/^\d+h \d{1,2}m$/),
    disk_free: expect.stringMatching(/^\d+G$/),
    active_agents: 1,
  });
  expect(body.cpu_temp === null || typeof body.cpu_temp === "number").toBe(true);
  expect(body.load_average).toBeGreaterThanOrEqual(0);
  expect(body.memory_usage).toBeGreaterThan(0);
  expect(body.memory_usage).toBeLessThan(100);
  expect(hoursAndMinutes(24 * 3_600 + 15 * 60 + 59)).toBe("24h 15m");
});

test("A28 the total is the sum by model and the sum by day, to the cent", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const costs = [
    ["k2p5", 12_340_000, "2026-02-01"],
    ["sonnet", 23_450_000, "2026-02-02"],
    ["opus", 9_880_000, "2026-02-19"],
  ] as const;
  for (const [model, micros, day] of costs)
    await system.run(sql`
      insert into usage_events (id, organization_id, type, description, model, cost_micros, created_at)
      values (gen_random_uuid(), ${organizationId}, 'invocation', 'x', ${model}, ${micros}, ${day}::date)`);
  const { body } = await send("GET /api/billing/usage?start=2026-02-01&end=2026-02-19", { apiKey });
  expect(body).toEqual({
    period: "2026-02-01 to 2026-02-19",
    total_cost: 45.67,
    by_model: { k2p5: 12.34, sonnet: 23.45, opus: 9.88 },
    by_day: { "2026-02-01": 12.34, "2026-02-02": 23.45, "2026-02-19": 9.88 },
    simulated_cost: 0,
  });
  expect(
    inCents(
      new Map([
        ["a", 3_333],
        ["b", 3_333],
        ["c", 3_334],
      ]),
      1,
    ),
  ).toEqual({ a: 0, b: 0, c: 0.01 });
});

test("A28 what the simulator billed is in it, and marked", async () => {
  const { apiKey } = await createOrganization();
  await spawn(apiKey);
  await workOff();
  const { body } = await send("GET /api/billing/usage", { apiKey });
  expect(body).toEqual({
    period: `${today().slice(0, 8)}01 to ${today()}`,
    total_cost: 0.03,
    by_model: { k2p5: 0.03 },
    by_day: { [today()]: 0.03 },
    simulated_cost: 0.03,
  });
  const status = (await send("GET /api/orchestrator/status", { apiKey })).body;
  expect(status).toMatchObject({ today_spend: 0.03, simulated_spend: 0.03, usage_summary: { total_calls: 1 } });
  expect((await send("GET /api/agents/active", { apiKey })).body).toMatchObject({ count: 0, total_cost_today: 0.03 });
});

test.each(["start=2026-02-30", "start=today", "start=2026-03-01&end=2026-02-01", "start=2020-01-01&end=2026-02-01"])(
  "A28 %s is 400 in the object form",
  async (query) => {
    const { apiKey } = await createOrganization();
    const answer = await send(`GET /api/billing/usage?${query}`, { apiKey });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 400 });
  },
);

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
