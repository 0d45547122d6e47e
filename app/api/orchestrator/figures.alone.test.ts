import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { inCents } from "#lib/orchestrator/billing";
import { hoursAndMinutes } from "#lib/orchestrator/system";
import { spawn, workOff } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { today } from "#lib/testing/orchestrator";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

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
