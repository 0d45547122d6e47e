import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { dailyBudgetMicros, todaySpendMicros } from "#lib/pricing/health/budget";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { addRun } from "#lib/testing/pricing";

const setBudget = (organizationId: string, micros: number) =>
  system.run(sql`
    insert into orchestrator_settings (organization_id, daily_budget_micros) values (${organizationId}, ${micros})
    on conflict (organization_id) do update set daily_budget_micros = excluded.daily_budget_micros`);

/** The document's day: 89 calls of k2p5 for $8.23 and 67 of sonnet for $4.22. */
async function addDocumentedDay(organizationId: string): Promise<void> {
  await addRun(organizationId, { model: "k2p5", costMicros: 8_230_000 });
  await addRun(organizationId, { model: "sonnet", costMicros: 4_220_000 });
  for (const [model, calls] of [
    ["k2p5", 88],
    ["sonnet", 66],
  ] as const)
    await Promise.all(Array.from({ length: calls }, () => addRun(organizationId, { model })));
}

test("A5 A6 the documented day is exact: 12.45 of 50 over 156 tasks", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await addDocumentedDay(organizationId);
  const health = {
    status: "healthy",
    daily_cost: 12.45,
    daily_budget: 50,
    budget_utilization_pct: 24.9,
    tasks_completed: 156,
    avg_cost_per_task: 0.0798,
    issues: [],
  };
  const by_model = {
    k2p5: { cost: 8.23, calls: 89, avg_per_call: 0.0925 },
    sonnet: { cost: 4.22, calls: 67, avg_per_call: 0.063 },
  };
  expect((await send("GET /api/pricing/health", { apiKey })).body).toEqual({
    success: true,
    health: { ...health, by_model },
  });
  const { body } = await send("GET /api/pricing/report", { apiKey });
  expect(body).toMatchObject({ success: true, report: { period: "daily", health, by_model } });
  expect(body.report.health).not.toHaveProperty("by_model");
  expect(body.report.pricing_policy.minimum_price).toBe(0.5);
  const markups = Object.entries<{ final_markup: number; gross_margin_pct: number }>(
    body.report.sample_quotes_by_segment,
  ).map(([segment, { final_markup, gross_margin_pct }]) => [segment, final_markup, gross_margin_pct]);
  // The document's 0.65/98.5, 99.4 and 99.2 at one cost and one price cannot be (gap 43).
  expect(markups).toEqual([
    ["enterprise", 4.5, 99.6],
    ["mid_market", 4, 99.6],
    ["smb", 3.5, 99.6],
    ["startup", 3, 99.6],
  ]);
  expect(await todaySpendMicros(ctx)).toBe(12_450_000);
  expect(await dailyBudgetMicros(ctx)).toBe(50_000_000);
});

test("A5 no tasks are zeros; simulated calls cost nothing; yesterday does not count", async () => {
  const { apiKey, organizationId } = await createOrganization();
  expect((await send("GET /api/pricing/health", { apiKey })).body.health).toEqual({
    status: "healthy",
    daily_cost: 0,
    daily_budget: 50,
    budget_utilization_pct: 0,
    tasks_completed: 0,
    avg_cost_per_task: 0,
    issues: [],
    by_model: {},
  });
  await addRun(organizationId, { costMicros: 5_000_000, simulated: true });
  const old = await addRun(organizationId, { costMicros: 7_000_000 });
  const yesterday = sql`date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - interval '1 second'`;
  await system.run(sql`update runs set created_at = ${yesterday}, completed_at = ${yesterday} where id = ${old}`);
  await system.run(sql`update run_steps set created_at = ${yesterday} where run_id = ${old}`);
  expect((await send("GET /api/pricing/health", { apiKey })).body.health).toMatchObject({
    daily_cost: 0,
    tasks_completed: 1,
    by_model: { k2p5: { cost: 0, calls: 1 } },
  });
});

test("A5 above 80 % or dearer than the floor per task is a warning, from 100 % on it is critical, each with a sentence", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const healthOf = async () => (await send("GET /api/pricing/health", { apiKey })).body.health;
  await setBudget(organizationId, 10_000_000);
  await addRun(organizationId, { costMicros: 500_000 });
  expect(await healthOf()).toMatchObject({ status: "healthy", avg_cost_per_task: 0.5 });
  await addRun(organizationId, { costMicros: 500_002 });
  expect(await healthOf()).toMatchObject({
    status: "warning",
    issues: ["A task costs $0.5 on average, more than the minimum price of $0.5."],
  });
  await system.run(sql`update run_steps set cost_micros = 0 where organization_id = ${organizationId}`);
  await addRun(organizationId, { costMicros: 8_000_000 });
  expect((await healthOf()).issues).toHaveLength(1);
  await addRun(organizationId, { costMicros: 100_000 });
  const warned = await healthOf();
  expect(warned).toMatchObject({ status: "warning", budget_utilization_pct: 81 });
  expect(warned.issues[0]).toBe("Models have cost $8.1 of the daily budget of $10 today: more than 80% is used.");
  await setBudget(organizationId, 8_100_000);
  const over = await healthOf();
  expect(over).toMatchObject({ status: "critical", budget_utilization_pct: 100 });
  expect(over.issues[0]).toBe("Models have cost $8.1 of the daily budget of $8.1 today: the budget is used up.");
});
