import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { agentOf, budgetRow, setDailyBudget, task, workOff } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

const countAgents = async (organizationId: string) =>
  (await system.one<{ n: number }>(sql`select count(*) as n from agents where organization_id = ${organizationId}`)).n;

test("L2 a batch spawns all of its agents, each as A19 does", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const agents = [{ model: "k2p5", task }, { model: "sonnet", task, priority: "high" }, { task }];
  const { status, body } = await send("POST /api/spawn-batch", { apiKey, body: { agents } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ success: true, count: 3, total_estimated_cost: 0.25 });
  expect(
    body.agents.map((one: { model: string; status: string; estimated_cost: number }) => [
      one.model,
      one.status,
      one.estimated_cost,
    ]),
  ).toEqual([
    ["k2p5", "spawning", 0.05],
    ["sonnet", "spawning", 0.15],
    ["k2p5", "spawning", 0.05],
  ]);
  expect(await budgetRow(organizationId)).toMatchObject({ reserved: 250_000 });
});

test.each<[unknown, string]>([
  [undefined, "agents must be an array of 1 to 20 agents"],
  [[], "agents must be an array of 1 to 20 agents"],
  [Array.from({ length: 21 }, () => ({ task })), "agents must be an array of 1 to 20 agents"],
  [[{ task }, { task: "" }], "agents[1]: Task cannot be empty"],
  [[{ task, model: "x" }], "agents[0]: Invalid model. Must be one of: k2p5, sonnet, opus"],
  [[{ task }, { task }, { task, priority: "now" }], "agents[2]: Invalid priority. Must be one of: low, normal, high"],
  [[{ task }, 5], "agents[1]: "],
  [
    [{ task }, { task, tools: [{ name: "t", description: "d", url: "https://x.y", parameters: { type: 1 } }] }],
    "agents[1]: tools.t",
  ],
])("L2 all or nothing: %j is 400", async (agents, message) => {
  const { apiKey, organizationId } = await createOrganization();
  const answer = await send("POST /api/spawn-batch", { apiKey, body: { agents } });
  expect(answer.status, answer.text).toBe(400);
  expect(answer.body).toEqual({ success: false, error: expect.stringContaining(message) });
  expect(await countAgents(organizationId)).toBe(0);
});

test("L2 a batch that the budget does not cover as a whole spawns nobody", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await setDailyBudget(apiKey, 0.12);
  const answer = await send("POST /api/spawn-batch", { apiKey, body: { agents: [{ task }, { task }, { task }] } });
  expect(answer.body.error).toMatchObject({ code: 429, message: "Daily budget exceeded" });
  expect(await countAgents(organizationId)).toBe(0);
  expect(await budgetRow(organizationId)).toMatchObject({ reserved: 0 });
});

test("A20 the coding team has its two documented models, one agent id, and costs their sum", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { status, body } = await send("POST /api/spawn-team", { apiKey, body: { team: "team_coding", task } });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    team: "team_coding",
    models: ["kimi-coding/k2p5", "anthropic/claude-sonnet-4-6"],
    status: "spawning",
    estimated_cost: 0.2,
  });
  await workOff();
  const agent = await agentOf(apiKey, body.agent_id);
  expect(agent).toMatchObject({ status: "completed", model: "k2p5", team: "team_coding", cost: 0.12, simulated: true });
  const steps = await system.all<{ name: string; model: string }>(sql`
    select name, model from run_steps where organization_id = ${organizationId} order by position`);
  expect(steps).toEqual([
    { name: "generate", model: "k2p5" },
    { name: "generate", model: "sonnet" },
    { name: "merge", model: "k2p5" },
  ]);
});

test("A20 unknown teams and bad fields are 400 in the short form", async () => {
  const { apiKey } = await createOrganization();
  const refused = async (body: object) => (await send("POST /api/spawn-team", { apiKey, body })).body;
  expect(await refused({ team: "team_nobody", task })).toEqual({ success: false, error: "Unknown team: team_nobody" });
  expect(await refused({ team: "team_coding", task: " " })).toEqual({ success: false, error: "Task cannot be empty" });
  expect(await refused({ task })).toEqual({ success: false, error: "team must name a team" });
});

test("L4 teams: made, listed, changed, spawned, removed; other organizations do not see them", async () => {
  const { apiKey } = await createOrganization();
  const stranger = await createOrganization();
  const team = { team: "team_docs_1", name: "Docs", models: ["k2p5", "anthropic/claude-opus-4-6", "codex"] };
  const made = await send("POST /api/teams", { apiKey, body: team });
  expect(made).toMatchObject({
    status: 200,
    body: { success: true, team: { ...team, built_in: false, description: null } },
  });
  const listed = (await send("GET /api/teams", { apiKey })).body;
  expect(listed.count).toBe(5);
  expect(listed.teams.map((one: { team: string }) => one.team)).toEqual([
    "team_coding",
    "team_creative",
    "team_research",
    "team_business",
    "team_docs_1",
  ]);
  expect((await send("GET /api/teams", { apiKey: stranger.apiKey })).body.count).toBe(4);
  for (const [method, body] of [
    ["PATCH", { name: "Mine" }],
    ["DELETE", undefined],
  ] as const) {
    expect((await send(`${method} /api/teams/team_docs_1`, { apiKey: stranger.apiKey, body })).status).toBe(404);
  }
  const spawned = await send("POST /api/spawn-team", { apiKey, body: { team: "team_docs_1", task } });
  expect(spawned.body).toMatchObject({ models: team.models, estimated_cost: 0.9001 });
  expect(
    (await send("POST /api/spawn-team", { apiKey: stranger.apiKey, body: { team: "team_docs_1", task } })).status,
  ).toBe(400);

  const changed = await send("PATCH /api/teams/team_docs_1", {
    apiKey,
    body: { models: ["sonnet"], description: "Words" },
  });
  expect(changed.body.team).toMatchObject({ name: "Docs", models: ["sonnet"], description: "Words" });
  expect((await send("POST /api/teams", { apiKey, body: team })).status).toBe(409);
  expect(await send("DELETE /api/teams/team_docs_1", { apiKey })).toMatchObject({
    status: 200,
    body: { success: true },
  });
  expect((await send("DELETE /api/teams/team_docs_1", { apiKey })).status).toBe(404);
});

test("L4 built-in teams are read-only: 409 in the object form", async () => {
  const { apiKey } = await createOrganization();
  const lines = ["PATCH /api/teams/team_coding", "DELETE /api/teams/team_coding", "POST /api/teams"];
  for (const line of lines) {
    const answer = await send(line, { apiKey, body: { team: "team_coding", name: "Mine", models: ["k2p5"] } });
    expect(answer.status, line).toBe(409);
    expect(answer.body.error.code).toBe(409);
  }
});

test.each<[object, string]>([
  [{ team: "coding" }, "team must begin with team_"],
  [{ team: "team_Docs" }, "team must begin with team_"],
  [{ name: " " }, "name must have 1 to 100 characters"],
  [{ models: [] }, "models must name 1 to 10 models"],
  [{ models: ["gpt-9"] }, "Unknown model: gpt-9"],
  [{ models: "k2p5" }, "models must be an array of models"],
])("L4 a team with %j is 400", async (given, message) => {
  const { apiKey } = await createOrganization();
  const body = { team: "team_docs", name: "Docs", models: ["k2p5"], ...given };
  const answer = await send("POST /api/teams", { apiKey, body });
  expect(answer).toMatchObject({ status: 400, body: { success: false, error: expect.stringContaining(message) } });
});
