import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { spendToday } from "#lib/testing/orchestrator";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

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
