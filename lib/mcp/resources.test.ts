import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { deployed } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { connectMcp, use } from "#lib/testing/mcp-client";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";
import { signToken } from "#lib/testing/token";

let host: SecondHost;
beforeAll(async () => {
  host = await startSecondHost();
});
afterAll(() => host?.stop());

const prompt = { prompt: "Why are there tides?" };
const add = (apiKey: string, title: string) =>
  send("POST /api/knowledge", { apiKey, body: { category: "tip", title, description: "Come at half moon." } });

async function readJson(client: Awaited<ReturnType<typeof connectMcp>>, uri: string) {
  const { contents } = await client.readResource({ uri });
  const [first] = contents;
  return { contents, value: JSON.parse(first && "text" in first ? String(first.text) : "null") };
}

test("resources: models and the newest runs first, then the knowledge base page by page", async () => {
  const { apiKey } = await createOrganization();
  const client = await connectMcp(host.url, apiKey);
  const { data: run } = await use(client, "run_prompt", prompt);
  for (let index = 0; index < 60; index++) await add(apiKey, `Tip ${index}`);
  // `listResources` without a cursor goes through all pages by itself.
  const first = await client.request({ method: "resources/list", params: {} });
  expect(first.resources.map(({ uri }) => uri)).toEqual(["baton://models", `baton://runs/${run.run_id}`]);
  const second = await client.listResources({ cursor: first.nextCursor });
  expect(second.resources).toHaveLength(50);
  const third = await client.listResources({ cursor: second.nextCursor });
  // An organization begins with six entries.
  expect(third.resources).toHaveLength(16);
  expect(third.nextCursor).toBeUndefined();
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates.map((one) => one.uriTemplate)).toEqual(["baton://runs/{id}", "baton://knowledge/{id}"]);
  await expect(client.listResources({ cursor: "bm9uc2Vuc2U" })).rejects.toThrow("The cursor is not one of this list");

  const read = await readJson(client, `baton://runs/${run.run_id}`);
  expect(read.contents[0]).toMatchObject({ mimeType: "application/json", uri: `baton://runs/${run.run_id}` });
  expect(read.value).toMatchObject({ run_id: run.run_id, output: run.output, input: prompt });
  const uri = third.resources[0]?.uri ?? "";
  expect((await readJson(client, uri)).value).toMatchObject({ category: "tip", description: "Come at half moon." });
  expect((await readJson(client, "baton://models")).value.models.length).toBeGreaterThan(3);
  for (const wrong of ["baton://runs/1", "baton://knowledge/999999", "baton://knowledge/x", "file:///etc/passwd"])
    await expect(client.readResource({ uri: wrong })).rejects.toThrow(/not found/i);
  await client.close();
});

test("another organization's things do not exist", async () => {
  const own = await createOrganization();
  const other = await createOrganization();
  const mine = await connectMcp(host.url, own.apiKey);
  const theirs = await connectMcp(host.url, other.apiKey);
  const appId = await deployed(own.apiKey);
  const { data: run } = await use(mine, "run_prompt", prompt);
  const { data: orchestration } = await use(mine, "orchestrate", prompt);
  const { data: agent } = await use(mine, "spawn_agent", { task: "Summarize the tides" });
  const { data: deployment } = await use(mine, "deploy_app", { app_id: appId, version: "1.0.0" });
  const { body: entry } = await add(own.apiKey, "Neap tides");

  const calls: [string, Record<string, unknown>][] = [
    ["get_run", { run_id: run.run_id }],
    ["get_run", { run_id: run.run_id, wait_seconds: 5 }],
    ["cancel_run", { run_id: orchestration.run_id }],
    ["orchestrate", { prompt: "x", thread_id: orchestration.thread_id }],
    ["get_agent", { agent_id: agent.agent_id }],
    ["cancel_agent", { agent_id: agent.agent_id }],
    ["deploy_app", { app_id: appId, version: "1.0.0" }],
    ["get_deployment", { deployment_id: deployment.deployment.id }],
    ["invoke_app", { app_id: appId, input: "x" }],
  ];
  for (const [name, input] of calls) {
    const { isError, text } = await use(theirs, name, input);
    expect({ name, isError, text }).toEqual({ name, isError: true, text: expect.stringContaining("not found") });
  }
  for (const uri of [`baton://runs/${run.run_id}`, `baton://knowledge/${entry.id}`])
    await expect(theirs.readResource({ uri })).rejects.toThrow(/not found/i);
  expect((await use(theirs, "list_runs")).data.runs).toEqual([]);
  expect((await use(theirs, "search_knowledge", { q: "neap tides" })).data.entries).toEqual([]);
  expect((await use(mine, "get_run", { run_id: orchestration.run_id })).data.status).toBe("queued");
  await mine.close();
  await theirs.close();
});

test("a key sees the tools of its scopes, and hears which scope the others need", async () => {
  const { apiKey } = await createOrganization({ scopes: ["billing:read"] });
  const client = await connectMcp(host.url, apiKey);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["quote", "get_usage", "get_credits"]);
  const { isError, text } = await use(client, "spawn_agent", { task: "x" });
  expect(isError).toBe(true);
  expect(text).toContain("spawn_agent needs the scope agents:write");
  expect((await client.listResources()).resources).toEqual([]);
  await expect(client.readResource({ uri: "baton://models" })).rejects.toThrow("needs the scope agents:read");
  await client.close();
});

test("a login token opens all tools of its role, each described for models and people", async () => {
  const person = await createOrganization();
  const client = await connectMcp(host.url, await signToken(person), "legacy");
  expect(client.getServerVersion()).toMatchObject({ name: "baton", title: "Baton" });
  expect(client.getInstructions()).toContain("list_models");
  const { tools } = await client.listTools();
  expect(tools).toHaveLength(20);
  for (const { name, title, description, annotations, inputSchema, outputSchema } of tools) {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(title?.length, name).toBeGreaterThan(3);
    expect(description?.length, name).toBeGreaterThan(30);
    expect(annotations?.readOnlyHint, name).toBeTypeOf("boolean");
    expect([inputSchema.type, outputSchema?.type], name).toEqual(["object", "object"]);
  }
  expect((await use(client, "get_credits")).isError).toBe(false);
  await client.close();
});
