import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { getRun } from "#lib/runs/service";
import { agentOf, budgetRow, eventsOf, setDailyBudget, spawn, task, workOff } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

const secondsLeft = () => 86_400 - (Math.floor(Date.now() / 1_000) % 86_400);

test("A19 the documented example: estimated 0.05, and 0.03 once the simulator has worked; A22 shows it", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const spawned = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task } });
  expect(spawned).toMatchObject({
    status: 200,
    body: { success: true, model: "k2p5", status: "spawning", estimated_cost: 0.05 },
  });
  const id = spawned.body.agent_id;
  expect(id).toMatch(/^subagent_\d{10}_\d{4}$/);
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 50_000 });
  expect(await agentOf(apiKey, id)).toMatchObject({
    agent_id: id,
    status: "spawning",
    task,
    result: null,
    cost: 0,
    started: null,
  });

  const startedAt = Date.now();
  await workOff();

  expect(Date.now() - startedAt, "long enough to be cancelled").toBeGreaterThanOrEqual(2_000);
  const ended = await agentOf(apiKey, id);
  expect(ended).toMatchObject({
    status: "completed",
    cost: 0.03,
    simulated: true,
    error: null,
    priority: "normal",
    timeout: 300,
  });
  expect(ended.result).toContain("Simulated answer");
  expect(Date.parse(ended.completed)).toBeGreaterThanOrEqual(Date.parse(ended.started));
  expect(await budgetRow(organizationId)).toEqual({ spent: 30_000, simulated: 30_000, reserved: 0 });
  expect(await eventsOf(organizationId, id)).toEqual(["agent.spawned", "agent.started", "agent.completed"]);
});

test("A19 what was asked and answered is encrypted where it is kept, and readable for the organization", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  const secret = `Plan the launch of project Zephyr ${"in detail, ".repeat(12)}under the code word aubergine`;
  const id = await spawn(apiKey, { task: secret });
  await workOff();
  expect((await agentOf(apiKey, id)).task).toBe(secret);
  const { kept } = await system.one<{ kept: string }>(sql`
    select r.input::text || r.output || (select string_agg(output, '') from run_steps s where s.run_id = r.id) as kept
    from runs r where r.organization_id = ${organizationId}`);
  expect(kept).not.toContain("aubergine");
  expect(kept).not.toContain("Simulated answer");
  const { run_id } = await agentOf(apiKey, id);
  const run = await getRun(ctx, run_id);
  expect(run.input).toMatchObject({ task: secret });
  expect([run.output, run.steps[0]?.output]).toEqual([
    expect.stringContaining("Simulated answer"),
    expect.stringContaining("Simulated answer"),
  ]);
});

describe("A19 bad fields", () => {
  const models = "Invalid model. Must be one of: k2p5, sonnet, opus";
  const timeout = "timeout must be a whole number of seconds from 1 to 3600";
  const days = "privacy.retention_days must be a whole number from 1 to 365";
  test.each<[string, object, string]>([
    ["no task", { task: undefined }, "Task cannot be empty"],
    ["an empty task", { task: "" }, "Task cannot be empty"],
    ["a blank task", { task: " \n\t " }, "Task cannot be empty"],
    ["a task that is no text", { task: 5 }, "Task cannot be empty"],
    ["a long task", { task: "x".repeat(2_001) }, "Task exceeds 2000 characters"],
    ["an unknown model", { model: "gpt-4" }, models],
    ["a priced model that no agent gets", { model: "minimax-m2.5" }, models],
    ["a model that is no text", { model: 1 }, models],
    ["an unknown priority", { priority: "urgent" }, "Invalid priority. Must be one of: low, normal, high"],
    ["no time", { timeout: 0 }, timeout],
    ["too much time", { timeout: 3_601 }, timeout],
    ["half a second", { timeout: 1.5 }, timeout],
    ["a time that is a text", { timeout: "60" }, timeout],
    ["privacy that is no object", { privacy: "all" }, "privacy must be an object"],
    ["a claim that is a text", { privacy: { detect_pii: "yes" } }, "privacy.detect_pii must be true or false"],
    ["no days", { privacy: { retention_days: 0 } }, days],
    ["too many days", { privacy: { retention_days: 366 } }, days],
    [
      "a tool on plain http",
      { tools: [{ name: "t", description: "d", url: "http://x.y/" }] },
      "tools[0].url: Must be an https URL with a fixed host",
    ],
    [
      "a tool with nonsense for a schema",
      { tools: [{ name: "t", description: "d", url: "https://x.y/", parameters: { type: 5 } }] },
      "tools.t.parameters cannot be used",
    ],
    ["knowledge that is no claim", { use_knowledge: 1 }, "use_knowledge must be true or false"],
  ])("%s is 400", async (_, given, message) => {
    const { apiKey, organizationId } = await createOrganization();
    const answer = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task, ...given } });
    expect(answer.status, answer.text).toBe(400);
    expect(answer.body).toEqual({ success: false, error: expect.stringContaining(message) });
    expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 0 });
  });

  test("2000 characters are taken, letters of any script counted as one", async () => {
    const { apiKey } = await createOrganization();
    const id = await spawn(apiKey, { task: "😀".repeat(2_000) });
    expect(id).toMatch(/^subagent_/);
  });
});

test("A19 estimates: sonnet 0.15, opus 0.75, a long task adds its own tokens", async () => {
  const { apiKey } = await createOrganization();
  const estimate = async (body: object) =>
    (await send("POST /api/spawn", { apiKey, body: { task: "Go", ...body } })).body.estimated_cost;
  expect(await estimate({ model: "sonnet" })).toBe(0.15);
  expect(await estimate({ model: "opus" })).toBe(0.75);
  expect(await estimate({ model: "opus", task: "x".repeat(2_000) })).toBe(0.7575);
  expect(await estimate({ model: "k2p5", task: "x".repeat(200) }), "half a grain is rounded up").toBe(0.0501);
});

test("A19 without a model the advice decides: k2p5", async () => {
  const { apiKey } = await createOrganization();
  const answer = await send("POST /api/spawn", { apiKey, body: { task } });
  expect(answer.body).toMatchObject({ model: "k2p5", estimated_cost: 0.05 });
});

test("A19 a budget that does not cover the estimate is 429 until midnight UTC, and holds nothing", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await setDailyBudget(apiKey, 0.12);
  await spawn(apiKey);
  await spawn(apiKey);
  const answer = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task } });
  expect(answer).toMatchObject({
    status: 429,
    body: { error: { code: 429, message: "Daily budget exceeded", request_id: answer.headers.get("x-request-id") } },
  });
  expect(Math.abs(answer.body.error.retry_after - secondsLeft())).toBeLessThanOrEqual(2);
  expect(answer.headers.get("retry-after")).toBe(String(answer.body.error.retry_after));
  expect(await budgetRow(organizationId)).toMatchObject({ reserved: 100_000 });
});

test("A19 25 agents of one key may be live; the next is 429, and another key has its own", async () => {
  const { apiKey } = await createOrganization();
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      send("POST /api/spawn", { apiKey, body: { model: "k2p5", task, priority: "low" } }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(25);
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  expect(new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.agent_id)).size).toBe(25);
  const made = await send("POST /api/api-keys", { apiKey, body: { name: "Other" } });
  await spawn(made.body.apiKey.key);
});

test("A19 agents work in the order of their priority", async () => {
  await workOff();
  const { apiKey, organizationId } = await createOrganization();
  for (const priority of ["low", "normal", "high"]) await spawn(apiKey, { priority });
  const jobs = await system.all<{ priority: number }>(sql`
    select j.priority from pgboss.job j where j.name = 'runs.execute' and j.data ->> 'organizationId' = ${organizationId}
    order by j.priority desc`);
  expect(jobs.map(({ priority }) => priority)).toEqual([10, 0, -10]);
});

test("A19 a timeout ends it as failed with Timeout, and what was held is free again", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const id = await spawn(apiKey, { timeout: 1 });
  await workOff();
  expect(await agentOf(apiKey, id)).toMatchObject({
    status: "failed",
    error: "Timeout",
    cost: 0,
    result: null,
    timeout: 1,
  });
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 0 });
  expect(await eventsOf(organizationId, id)).toEqual(["agent.spawned", "agent.started", "agent.failed"]);
});

test("A19 the same Idempotency-Key spawns once and holds once", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const options = { apiKey, headers: { "idempotency-key": "once" }, body: { model: "k2p5", task } };
  const first = await send("POST /api/spawn", options);
  const second = await send("POST /api/spawn", options);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect(await budgetRow(organizationId)).toMatchObject({ reserved: 50_000 });
});

test("A19 privacy: PII is marked and masked in lists and events, the output has a key of its own", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const privacy = { detect_pii: true, mask_pii_in_logs: true, encrypt_output: true, retention_days: 3 };
  const id = await spawn(apiKey, { task: "Write to ada@example.com about the tides", privacy });
  await workOff();
  const agent = await agentOf(apiKey, id);
  expect(agent).toMatchObject({ status: "completed", task: "Write to ada@example.com about the tides" });
  expect(agent.privacy).toEqual({ ...privacy, pii_found: ["email"] });
  expect(agent.result).toContain("ada@example.com");
  const listed = await send("GET /api/agents", { apiKey });
  expect(listed.text).not.toContain("ada@");
  expect(listed.body.data[0].task).toBe("Write to [email] about the tides");
  const { told } = await system.one<{ told: string }>(sql`
    select string_agg(data::text, '') as told from events where organization_id = ${organizationId}`);
  expect(told).not.toContain("ada@");
  const { output } = await system.one<{ output: string }>(sql`
    select output from runs where organization_id = ${organizationId}`);
  expect(output).toMatch(/^baton:enc:k:/);

  expect((await send(`DELETE /api/privacy/agents/${id}`, { apiKey })).status).toBe(200);
  expect(await agentOf(apiKey, id)).toMatchObject({ task: "", result: null, cost: 0.03, status: "completed" });
});

test("A19 K8 100 spawns an hour: the members of teams and batches count one each", async () => {
  const { apiKey } = await createOrganization();
  provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1" });
  const left = async (line: string, body: object) =>
    Number((await send(line, { apiKey, body })).headers.get("x-ratelimit-remaining"));
  expect(await left("POST /api/spawn", { model: "k2p5", task })).toBe(99);
  await send("POST /api/spawn-batch", {
    apiKey,
    body: { agents: Array.from({ length: 10 }, () => ({ model: "k2p5", task })) },
  });
  await send("POST /api/spawn-team", { apiKey, body: { team: "team_coding", task } });
  expect(await left("POST /api/agent", { model: "k2p5", task }), "1 + 10 + 2 + 1").toBe(86);
  provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" });
});
