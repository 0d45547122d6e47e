import type { Client } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drainQueue } from "#lib/queue/drain";
import { runQueue } from "#lib/runs/worker";
import { apkg, packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { createTestApp, deployed, simpleManifest } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { connectMcp, use } from "#lib/testing/mcp-client";
import { ownDatabase } from "#lib/testing/own-database";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";

// What other files have queued is theirs to work on.
const environment = await ownDatabase();
let host: SecondHost;
let client: Client;
let apiKey: string;

beforeAll(async () => {
  host = await startSecondHost(environment);
  apiKey = (await createOrganization()).apiKey;
  client = await connectMcp(host.url, apiKey);
});
afterAll(async () => {
  await client?.close();
  await host?.stop();
});

const workOff = () => drainQueue(runQueue);
const unknownId = "01890000-0000-7000-8000-000000000000";

async function succeed(name: string, input: Record<string, unknown> = {}) {
  const result = await use(client, name, input);
  expect(result.isError, result.text).toBe(false);
  return result;
}

async function refuse(name: string, input: Record<string, unknown>, code: string, words: string) {
  const { isError, text, meta } = await use(client, name, input);
  expect(isError, text).toBe(true);
  expect(text).toContain(words);
  expect(text).toMatch(/Request id: req_\w+$/);
  expect(meta?.["baton/error"]).toMatchObject({ code });
}

test("models: the catalogue with prices, and what may be orchestrated", async () => {
  const { data } = await succeed("list_models");
  expect(data.models.find(({ name }: { name: string }) => name === "gpt4")).toMatchObject({ provider: "openai" });
  expect(data.orchestrations).toContain("baton/refine");
});

test("run_prompt answers, and keeps prompt and answer as a run that get_run and list_runs show", async () => {
  const { data, links } = await succeed("run_prompt", { prompt: "Why are there tides?", model: "gpt4" });
  expect(data).toMatchObject({ model: "gpt4", simulated: true });
  expect(data.output.length).toBeGreaterThan(0);
  expect(links).toEqual([`baton://runs/${data.run_id}`]);
  const { data: run } = await succeed("get_run", { run_id: data.run_id });
  expect(run).toMatchObject({ kind: "completion", strategy: "single", status: "completed", output: data.output });
  expect(run.input.prompt).toBe("Why are there tides?");
  expect(run.steps).toHaveLength(1);
  const { data: listed } = await succeed("list_runs", { kind: "completion", limit: 1 });
  expect(listed.runs).toMatchObject([{ run_id: data.run_id }]);
  expect((await succeed("cancel_run", { run_id: data.run_id })).data).toMatchObject({ cancelled: false });
  await refuse("run_prompt", { prompt: "  " }, "VALIDATION", "prompt: Must not be blank");
  await refuse("run_prompt", { prompt: "x", model: "no-such-model" }, "NOT_FOUND", "Model 'no-such-model' not found");
  await refuse("get_run", { run_id: unknownId }, "NOT_FOUND", "Run not found");
  await refuse("list_runs", { limit: 500 }, "VALIDATION", "limit");
  await refuse("cancel_run", { run_id: unknownId }, "NOT_FOUND", "Run not found");
});

test("chat goes on with its session", async () => {
  const { data } = await succeed("chat", { message: "My name is Ada.", optimization_mode: "lite" });
  const next = { message: "What is my name?", session_id: data.session_id, use_memory: true };
  expect((await succeed("chat", next)).data.session_id).toBe(data.session_id);
  const { body } = await send(`GET /chat/v2/sessions/${data.session_id}/history`, { apiKey });
  expect(body.data.turns).toHaveLength(4);
  await refuse("chat", { message: "x", optimization_mode: "best" }, "VALIDATION", "optimization_mode");
});

test("agents: spawned, listed, worked off, read, cancelled", async () => {
  const { data: spawned } = await succeed("spawn_agent", { task: "Summarize the tides", model: "k2p5" });
  const { data: team } = await succeed("spawn_team", { task: "Write a sorting function", team: "team_coding" });
  expect(team.models.length).toBeGreaterThan(1);
  const { data: cancelled } = await succeed("cancel_agent", { agent_id: team.agent_id });
  expect(cancelled.message).toBe("Agent cancelled");
  await workOff();
  const { data: agent, links } = await succeed("get_agent", { agent_id: spawned.agent_id });
  expect(agent).toMatchObject({ status: "completed", task: "Summarize the tides" });
  expect(links).toEqual([`baton://runs/${agent.run_id}`]);
  const { data: list } = await succeed("list_agents", { status: "cancelled" });
  expect(list.data).toMatchObject([{ agent_id: team.agent_id }]);
  await refuse("spawn_agent", { task: "x", model: "gpt4" }, "VALIDATION", "Invalid model");
  await refuse("spawn_team", { task: "x", team: "nobody" }, "VALIDATION", "team");
  await refuse("get_agent", { agent_id: "subagent_1700000000_0001" }, "NOT_FOUND", "Agent not found");
  await refuse("list_agents", { cursor: "nonsense" }, "VALIDATION", "cursor");
  await refuse("cancel_agent", { agent_id: team.agent_id }, "CONFLICT", "Agent has already been cancelled");
});

test("apps: listed, a package deployed by its version, called at once and queued", async () => {
  const appId = await deployed(apiKey);
  const form = packageForm(apkg(simpleManifest), { version: "2.0.0" });
  await send(`POST /api/agent-apps/${appId}/packages`, { apiKey, body: form });
  const { data: listed } = await succeed("list_apps", { limit: 1 });
  expect(listed.apps).toMatchObject([{ id: appId, packages: [{ version: "2.0.0" }, { version: "1.0.0" }] }]);
  const { data } = await succeed("deploy_app", { app_id: appId, version: "2.0.0", wait_seconds: 0 });
  expect(data.deployment).toMatchObject({ status: "queued", version: "2.0.0", cost_credits: 1 });
  const { data: found } = await succeed("get_deployment", { deployment_id: data.deployment.id });
  expect(found.deployment.id).toBe(data.deployment.id);
  const input = { name: "Ada" };
  const call = { app_id: appId, input, idempotency_key: "once" };
  const { data: answer } = await succeed("invoke_app", call);
  expect(answer).toMatchObject({ status: "completed", package_version: "1.0.0", credits_used: 10 });
  expect((await succeed("invoke_app", call)).data.run_id).toBe(answer.run_id);
  const { data: queued } = await succeed("invoke_app", { app_id: appId, input, mode: "queued" });
  expect(queued).toMatchObject({ status: "queued", output: null });
  const empty = await createTestApp(apiKey, "Empty");
  await refuse("invoke_app", { app_id: empty, input }, "NOT_DEPLOYED", "no deployed package");
  await refuse("invoke_app", { app_id: appId }, "VALIDATION", "input: Required field missing");
  await refuse("deploy_app", { app_id: appId, version: "9.0.0" }, "NOT_FOUND", "Package of version 9.0.0 not found");
  await refuse("deploy_app", { app_id: appId }, "VALIDATION", "package_id or version is required");
  await refuse("get_deployment", { deployment_id: unknownId }, "NOT_FOUND", "Deployment not found");
  await refuse("list_apps", { limit: 0 }, "VALIDATION", "limit");
});

test("money: a quote, the usage, the credits", async () => {
  const asked = { model: "sonnet", estimated_input: 1_000, estimated_output: 500, complexity: "low" };
  const { data: quoted } = await succeed("quote", asked);
  expect(quoted.quote).toMatchObject({ model: "sonnet", segment: "mid_market" });
  await refuse("quote", { ...asked, complexity: "huge" }, "VALIDATION", "Invalid complexity");
  const { data: usage } = await succeed("get_usage", { days: 7 });
  expect(usage.breakdown).toMatchObject({ by: "model", days: 7 });
  expect(usage.summary.apiCalls).toBeTypeOf("number");
  await refuse("get_usage", { by: "colour" }, "VALIDATION", "by");
  const balance = await send("GET /api/credits/balance", { apiKey });
  expect((await succeed("get_credits")).data).toEqual(balance.body);
});

test("search_knowledge finds entries, each with the resource it can be read at", async () => {
  const entry = { category: "tip", title: "Neap tides", description: "Come at half moon." };
  const { body } = await send("POST /api/knowledge", { apiKey, body: entry });
  const { data, links } = await succeed("search_knowledge", { q: "when do neap tides come" });
  expect(data.entries).toMatchObject([{ id: body.id, title: "Neap tides" }]);
  expect(links).toEqual([`baton://knowledge/${body.id}`]);
  await refuse("search_knowledge", { category: "gossip" }, "VALIDATION", "category");
});

test("an unknown tool is an error of the protocol", async () => {
  await expect(use(client, "drop_tables")).rejects.toThrow("Unknown tool: drop_tables");
});
