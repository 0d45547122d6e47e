import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { raiseAlerts } from "#lib/budgets/alerts";
import { levelOf, levelsReached, secondsToMidnight, utilizationOf } from "#lib/budgets/figures";
import { holdBudget, settleBudget } from "#lib/budgets/hold";
import { advisable, mixFor, preferredMix } from "#lib/budgets/mix";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { createKey } from "#lib/keys/service";
import { getModel } from "#lib/models/service";
import { budgetRow, setDailyBudget, spawn, task } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

const environment = await ownDatabase();
const dollar = 1_000_000;

async function makeKeys(ctx: Parameters<typeof createKey>[0], count: number) {
  const made: { id: string; key: string }[] = [];
  for (let index = 0; index < count; index++) made.push((await createKey(ctx, { name: `Key ${index}` })).apiKey);
  return made;
}

const countAgents = async (organizationId: string) =>
  (await system.one<{ n: number }>(sql`select count(*) as n from agents where organization_id = ${organizationId}`)).n;

test("A19 200 spawns at once against a budget for 10: exactly 10 are admitted", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await setDailyBudget(apiKey, 0.5);
  const keys = await makeKeys(ctx, 10);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      send("POST /api/spawn", { apiKey: keys[index % 10]?.key ?? "", body: { model: "k2p5", task } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(190);
  expect(new Set(refused.map(({ body }) => body.error.message))).toEqual(new Set(["Daily budget exceeded"]));
  expect(await countAgents(organizationId)).toBe(10);
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 500_000 });
});

test("A19 three processes with 200 spawns against a budget for 120: exactly 120 are admitted", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await setDailyBudget(apiKey, 6);
  const keys = await makeKeys(ctx, 12);
  const program = join(import.meta.dirname, "../testing/spawn-process.ts");
  const env = { PATH: "/usr/bin:/bin", NODE_ENV: "test" as const, ...environment };
  const admitted: unknown[] = [];
  const shares = [70, 70, 60];
  const children = shares.map((times, index) => {
    const own = keys.slice(index * 4, index * 4 + 4).map(({ id }) => id);
    return fork(program, [organizationId, String(times), own.join(",")], { env, execArgv: [] });
  });
  await Promise.all(children.map((child) => once(child, "message")));
  for (const child of children) child.on("message", (id) => admitted.push(id)).send("go");
  const codes = await Promise.all(children.map((child) => once(child, "exit")));
  expect(codes.map(([code]) => code)).toEqual([0, 0, 0]);
  expect(admitted).toHaveLength(120);
  expect(new Set(admitted).size).toBe(120);
  expect(await countAgents(organizationId)).toBe(120);
  expect(await budgetRow(organizationId), "the counters are what another process wrote").toMatchObject({
    reserved: 6 * dollar,
  });
  const next = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task } });
  expect(next.status).toBe(429);
});

test("a hold is settled once: what was spent stays, the rest is free for others", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await setDailyBudget(apiKey, 1);
  const nobody = { keyId: null, team: null };
  const hold = (micros: number) => transaction(ctx, (tx) => holdBudget(tx, ctx, nobody, micros));
  await hold(600_000);
  await expect(hold(600_000)).rejects.toMatchObject({ code: "rate_limited", message: "Daily budget exceeded" });
  const { day } = await system.one<{ day: string }>(sql`select (now() at time zone 'UTC')::date::text as day`);
  const move = { day, spent: 350_000, simulated: 0, released: 600_000 };
  await transaction(ctx, (tx) => settleBudget(tx, ctx, nobody, move));
  expect(await budgetRow(organizationId)).toEqual({ spent: 350_000, simulated: 0, reserved: 0 });
  await hold(650_000);
  await expect(hold(1)).rejects.toMatchObject({ code: "rate_limited" });
});

test("a key's and a team's own budget refuse before the organization's, and hold nothing then", async () => {
  const { apiKey, keyId, organizationId } = await createOrganization();
  const budgets = [
    { scope: "key", id: keyId, daily_budget: 0.3 },
    { scope: "team", id: "team_coding", daily_budget: 0.25 },
  ];
  const set = await send("PUT /api/orchestrator/config", { apiKey, body: { budgets } });
  expect(set.status, set.text).toBe(200);
  expect((await send("POST /api/spawn-team", { apiKey, body: { team: "team_coding", task: "Go" } })).status).toBe(200);
  const team = await send("POST /api/spawn-team", { apiKey, body: { team: "team_coding", task: "Go" } });
  expect(team.body.error).toMatchObject({ code: 429, message: "Daily budget exceeded" });
  await spawn(apiKey);
  await spawn(apiKey);
  expect((await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task } })).status).toBe(429);
  expect(await budgetRow(organizationId)).toMatchObject({ reserved: 300_000 });
  expect(await budgetRow(organizationId, "key", keyId)).toMatchObject({ reserved: 300_000 });
  expect(await budgetRow(organizationId, "team", "team_coding")).toMatchObject({ reserved: 200_000 });
  const { body } = await send("GET /api/orchestrator/config", { apiKey });
  expect(body.config.budgets).toEqual([
    { scope: "key", id: keyId, daily_budget: 0.3, today_spend: 0, reserved: 0.3 },
    { scope: "team", id: "team_coding", daily_budget: 0.25, today_spend: 0, reserved: 0.2 },
  ]);
  await send("PUT /api/orchestrator/config", { apiKey, body: { budgets: [{ ...budgets[0], daily_budget: null }] } });
  await spawn(apiKey);
});

test("A2 levels: ok < 50 ≤ notice < 70 ≤ warning < 90 ≤ critical, by exact shares", () => {
  const at = (spent: number, daily = 50 * dollar) => ({ daily, spent, simulated: 0, reserved: 0 });
  const table = [
    [24.999999, "ok"],
    [25, "notice"],
    [34.999999, "notice"],
    [35, "warning"],
    [44.999999, "warning"],
    [45, "critical"],
    [60, "critical"],
  ] as const;
  for (const [spent, level] of table) expect(levelOf(at(Math.round(spent * dollar))), String(spent)).toBe(level);
  expect(utilizationOf(at(12_430_000))).toBe(24.86);
  expect(levelsReached(at(36 * dollar))).toEqual(["notice", "warning"]);
  expect([levelOf(at(0, 0)), levelOf(at(1, 0)), utilizationOf(at(1, 0))]).toEqual(["ok", "critical", 100]);
  expect(secondsToMidnight(Date.parse("2026-02-01T23:59:59.500Z"))).toBe(1);
  expect(secondsToMidnight(Date.parse("2026-02-01T00:00:00Z"))).toBe(86_400);
});

test("each level and each wanted percentage is told once a day, and the pricing hooks' thresholds with them", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await send("PUT /api/orchestrator/config", {
    apiKey,
    body: { daily_budget: 1, spending_alerts: { percents: [60, 10] } },
  });
  const spend = async (micros: number) => {
    await transaction(ctx, async (tx) => {
      await holdBudget(tx, ctx, { keyId: null, team: null }, micros);
      await settleBudget(
        tx,
        ctx,
        { keyId: null, team: null },
        {
          day: new Date().toISOString().slice(0, 10),
          spent: micros,
          simulated: 0,
          released: micros,
        },
      );
    });
    await Promise.all([1, 2].map(() => transaction(ctx, (tx) => raiseAlerts(tx, ctx))));
    const rows = await system.all<{ type: string; data: { percent?: number } }>(sql`
      select type, data from events where organization_id = ${organizationId} and (type like 'budget.%' or type like 'pricing.%')
      order by id`);
    return rows.map(({ type, data }) => (data.percent ? `${type} ${data.percent}` : type)).toSorted();
  };
  expect(await spend(500_000)).toEqual(["budget.notice", "budget.spending_alert 10"]);
  expect(await spend(450_000)).toEqual([
    "budget.critical",
    "budget.notice",
    "budget.spending_alert 10",
    "budget.spending_alert 60",
    "budget.warning",
    "pricing.budget_warning",
  ]);
});

test("A2 the model mix by level, and models of a hot provider are restricted", async () => {
  expect(mixFor("ok", [])).toEqual({
    strategy: "balanced",
    primary: ["k2p5", "sonnet"],
    secondary: ["codex"],
    restricted: [],
    reason: "Normal operating range",
  });
  expect(mixFor("warning", [])).toMatchObject({
    strategy: "cost_optimized",
    primary: ["k2p5"],
    secondary: ["sonnet"],
    restricted: ["opus"],
  });
  expect(mixFor("critical", [])).toMatchObject({
    strategy: "budget_protect",
    primary: ["k2p5"],
    secondary: [],
    restricted: ["sonnet", "opus"],
  });
  expect(mixFor("ok", ["anthropic"])).toMatchObject({
    primary: ["k2p5"],
    secondary: ["codex"],
    restricted: ["sonnet"],
  });
  const candidates = ["opus", "sonnet", "k2p5"].map((name) => ({ model: getModel(name), provider: null }));
  const names = (given: typeof candidates) => advisable(given, mixFor("critical", [])).map(({ model }) => model.name);
  expect(names(candidates)).toEqual(["k2p5"]);
  expect(names(candidates.slice(0, 2)), "nobody else is left").toEqual(["opus", "sonnet"]);
  const { ctx } = await createOrganization();
  expect(await preferredMix(ctx)).toMatchObject({ strategy: "balanced" });
});

test("chats and the gateway spend the same budget; the simulator's calls there cost nothing", async () => {
  const { organizationId, keyId } = await createOrganization();
  const step = (simulated: boolean, micros: number) =>
    system.run(sql`
      with run as (
        insert into runs (id, organization_id, kind, strategy, status, cost_micros, api_key_id, request_id)
        values (gen_random_uuid(), ${organizationId}, 'chat', 'single', 'completed', ${micros}, ${keyId}, 'req_test') returning id
      )
      insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, simulated, cost_micros, latency_ms)
      select gen_random_uuid(), ${organizationId}, id, 0, 'generate', 'completed', 'k2p5', 'kimi-coding', ${simulated}, ${micros}, 1
      from run`);
  await step(false, 700);
  await step(true, 900);
  expect(await budgetRow(organizationId)).toMatchObject({ spent: 700, simulated: 0 });
  expect(await budgetRow(organizationId, "key", keyId)).toMatchObject({ spent: 700 });
});
