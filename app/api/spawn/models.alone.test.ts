import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { recoverRuns } from "#lib/runs/worker";
import { agentOf, budgetRow, eventsOf, setDailyBudget, spawn, task, workOff } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { startToolServer } from "#lib/testing/tool-server";

const environment = await ownDatabase();
let kimi: FakeOpenAI;
let anthropic: FakeOpenAI;
const variables = () => ({
  KIMI_API_KEY: "sk-kimi-test",
  KIMI_BASE_URL: kimi.url,
  ANTHROPIC_API_KEY: "sk-anthropic-test",
  ANTHROPIC_BASE_URL: anthropic.url,
});

beforeEach(async () => {
  kimi = await startFakeOpenAI();
  anthropic = await startFakeOpenAI();
  configureProviders(variables());
});
afterEach(async () => {
  configureProviders();
  await Promise.all([kimi.close(), anthropic.close()]);
});

const capOf = (fake: FakeOpenAI) =>
  Number(fake.received[0]?.body.max_tokens ?? fake.received[0]?.body.max_completion_tokens);

test("A19 a real model is billed by its real tokens, and the rest of the estimate is free again", async () => {
  const { apiKey, organizationId } = await createOrganization();
  kimi.script({ type: "completion", text: "The moon pulls." });
  const id = await spawn(apiKey);
  await workOff();
  // The fake provider counts 11 tokens in and 7 out: 18 micro-dollars.
  expect(await agentOf(apiKey, id)).toMatchObject({
    status: "completed",
    result: "The moon pulls.",
    simulated: false,
    cost: 0,
  });
  expect(await budgetRow(organizationId)).toEqual({ spent: 18, simulated: 0, reserved: 0 });
  const { micros } = await system.one<{ micros: number }>(sql`
    select cost_micros as micros from usage_events where organization_id = ${organizationId} and type = 'invocation'`);
  expect(micros).toBe(18);
});

test("A19 an answer is cut where the estimate ends, so that spend never leaves the budget", async () => {
  const { apiKey } = await createOrganization();
  await spawn(apiKey);
  await workOff();
  const cap = capOf(kimi);
  expect(cap).toBeGreaterThan(40_000);
  expect(cap).toBeLessThan(50_000);
  await spawn(apiKey, { model: "opus" });
  await workOff();
  const opus = capOf(anthropic);
  expect(opus * 75, "micro-dollars of 75 a token").toBeLessThan(750_000);
  expect(opus).toBeGreaterThan(9_000);
});

test("A19 a model that fails fails the agent, and nothing is billed", async () => {
  const { apiKey, organizationId } = await createOrganization();
  kimi.script({ type: "status", status: 400, body: { error: { message: "no" } } });
  const id = await spawn(apiKey);
  await workOff();
  const agent = await agentOf(apiKey, id);
  expect(agent).toMatchObject({ status: "failed", cost: 0, result: null });
  expect(agent.error).toEqual(expect.any(String));
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 0 });
});

test("A19 a silent model runs into the timeout", async () => {
  const { apiKey } = await createOrganization();
  kimi.script({ type: "silence" });
  const id = await spawn(apiKey, { timeout: 1 });
  await workOff();
  expect(await agentOf(apiKey, id)).toMatchObject({ status: "failed", error: "Timeout" });
});

test("A20 a team of two real models: each is billed by its tokens, the second knows what the first said", async () => {
  const { apiKey, organizationId } = await createOrganization();
  kimi.script({ type: "completion", text: "CODE" }, { type: "completion", text: "MERGED" });
  anthropic.script({ type: "completion", text: "REVIEW" });
  const { body } = await send("POST /api/spawn-team", { apiKey, body: { team: "team_coding", task } });
  await workOff();
  expect(await agentOf(apiKey, body.agent_id)).toMatchObject({
    status: "completed",
    result: "MERGED",
    simulated: false,
  });
  expect(anthropic.received[0]?.text).toContain("CODE");
  // k2p5 twice (18 each) and sonnet once (11 × 3 + 7 × 15).
  expect(await budgetRow(organizationId)).toMatchObject({ spent: 18 + 138 + 18, reserved: 0 });
});

test("own additions: declared tools are called, and the knowledge base is given as data", async () => {
  const { apiKey } = await createOrganization();
  const server = await startToolServer();
  await send("POST /api/knowledge", {
    apiKey,
    body: { category: "tip", title: "Tides", description: "Tides follow the moon of Baton.", tags: "tides" },
  });
  const call = { id: "call_1", type: "function", function: { name: "look_up", arguments: '{"word":"tide"}' } };
  kimi.script({ type: "completion", toolCalls: [call] }, { type: "completion", text: "Looked up." });
  const tools = [
    { name: "look_up", description: "Looks a word up.", url: `${server.origin}/words/{word}`, method: "GET" },
  ];
  const id = await spawn(apiKey, { task: "Tides", tools, use_knowledge: true });
  await workOff();
  expect(await agentOf(apiKey, id)).toMatchObject({ status: "completed", result: "Looked up." });
  expect(server.received).toMatchObject([{ method: "GET", url: "/words/tide" }]);
  expect(kimi.received[0]?.text).toContain("Tides follow the moon of Baton.");
  await server.close();
});

test("issue 7: a quote caps the tokens of the agent it is attached to, and learns what the work has cost", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quoted = await send("POST /api/pricing/quote", {
    apiKey,
    body: { model: "k2p5", estimated_input: 1_000, estimated_output: 300, complexity: "low", segment: "smb" },
  });
  const quote_id = quoted.body.quote_id;
  const id = await spawn(apiKey, { quote_id });
  const taken = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task, quote_id } });
  expect(taken.status).toBe(409);
  await workOff();
  expect(capOf(kimi)).toBe(300);
  expect(await agentOf(apiKey, id)).toMatchObject({ quote_id, status: "completed" });
  const realised = await system.all(sql`
    select cost_micros, input_tokens, output_tokens from pricing_quote_runs where organization_id = ${organizationId}`);
  expect(realised).toEqual([{ costMicros: 18, inputTokens: 11, outputTokens: 7 }]);
  const unknown = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task, quote_id: "quote_0" } });
  expect(unknown.status).toBe(404);
  expect(await budgetRow(organizationId), "refused spawns hold nothing").toMatchObject({ reserved: 0 });
});

test("A24 a provider at its limit: a named model is 429 until the hour ends, the automatic choice goes elsewhere", async () => {
  const { apiKey } = await createOrganization();
  await send("PUT /api/orchestrator/config", { apiKey, body: { provider_limits: { "kimi-coding": 1 } } });
  await spawn(apiKey);
  await workOff();
  const named = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task } });
  expect(named.status).toBe(429);
  expect(named.body.error.retry_after).toBeLessThanOrEqual(3_600);
  const chosen = await send("POST /api/spawn", { apiKey, body: { task } });
  expect(chosen.body).toMatchObject({ success: true, model: "sonnet" });
  expect((await send("GET /api/rate-limits", { apiKey })).body.limits.kimi).toMatchObject({
    used: 1,
    limit: 1,
    remaining: 0,
  });
});

test("a worker killed with ten agents running: all finish once, none is billed twice, the budget's counters stay", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await setDailyBudget(apiKey, 1);
  const ids: string[] = [];
  for (let index = 0; index < 10; index++) ids.push(await spawn(apiKey));
  kimi.script(...Array.from({ length: 10 }, () => ({ type: "silence" as const })));
  const child = fork(join(import.meta.dirname, "../../../lib/testing/run-process.ts"), [], {
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "test", ...environment, ...variables() },
    execArgv: [],
  });
  const ended = once(child, "exit");
  await vi.waitFor(() => expect(kimi.received.length).toBeGreaterThanOrEqual(10), { timeout: 15_000 });
  child.kill("SIGKILL");
  await ended;
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 500_000 });
  await system.run(sql`
    update runs set lease_expires_at = now() - interval '1 second' where organization_id = ${organizationId}`);
  expect(await recoverRuns()).toBe(10);
  await workOff();
  for (const id of ids) {
    expect(await agentOf(apiKey, id)).toMatchObject({ status: "completed" });
    expect(await eventsOf(organizationId, id)).toEqual(["agent.spawned", "agent.started", "agent.completed"]);
  }
  expect(await budgetRow(organizationId)).toEqual({ spent: 180, simulated: 0, reserved: 0 });
}, 60_000);
