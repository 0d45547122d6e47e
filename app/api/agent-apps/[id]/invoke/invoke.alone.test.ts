import { beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { drainQueue } from "#lib/queue/drain";
import { invocationQueue } from "#lib/runtime/invocations/job";
import { send } from "#lib/testing/client";
import { createTestApp, deployed, eventsIn, simpleManifest } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();

beforeEach(() => configureProviders());

const creditsOf = async (organizationId: string) => (await getBalance(system, { organizationId })).credits;
const strict = {
  ...simpleManifest,
  inputSchema: {
    type: "object",
    required: ["topic"],
    properties: { topic: { type: "string", minLength: 3 }, depth: { enum: ["short", "long"] } },
    additionalProperties: false,
  },
};

test("+C3 a call is answered by the deployed version for 10 credits, with usage, history and steps", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey);

  const { status, body } = await send(`POST /api/agent-apps/${appId}/invoke`, { apiKey, body: { input: "Ada" } });

  expect(status).toBe(200);
  expect(body).toEqual({
    output: expect.stringContaining("Simulated answer"),
    package_version: "1.0.0",
    credits_used: 10,
    simulated: true,
    run_id: expect.any(String),
  });
  expect(await creditsOf(organizationId)).toBe(14);
  const history = await send("GET /api/credits/history", { apiKey });
  expect(history.body.transactions[0]).toMatchObject({ type: "usage", amount: -10, description: "Agent invocation" });
  const usage = await send("GET /api/usage/activity", { apiKey });
  expect(usage.body.events[0]).toMatchObject({
    type: "invocation",
    value: 10,
    description: "Invocation of Greeter v1.0.0",
  });
  const read = await send(`GET /api/agent-apps/${appId}/invocations/${body.run_id}`, { apiKey });
  expect(read.body.invocation).toMatchObject({
    run_id: body.run_id,
    status: "completed",
    mode: "sync",
    input: "Ada",
    output: body.output,
    credits_used: 10,
    error: null,
    steps: [{ name: "generate", status: "completed" }],
  });
  const list = await send(`GET /api/agent-apps/${appId}/invocations`, { apiKey });
  expect(list.body.invocations.map((one: { run_id: string }) => one.run_id)).toEqual([body.run_id]);
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("+C3 is 404 for foreign, public and unknown apps, 409 before a deployment, 402 without credits; nothing is paid", async () => {
  const owner = await createOrganization();
  const appId = await deployed(owner.apiKey);
  await send(`PATCH /api/agent-apps/${appId}`, { apiKey: owner.apiKey, body: { is_public: true } });
  const { apiKey, organizationId } = await createOrganization();
  const invoke = (id: string) => send(`POST /api/agent-apps/${id}/invoke`, { apiKey, body: { input: 1 } });

  for (const id of [appId, crypto.randomUUID(), "nonsense"]) {
    const answer = await invoke(id);
    expect([answer.status, answer.body.code], id).toEqual([404, "NOT_FOUND"]);
  }
  const early = await invoke(await createTestApp(apiKey));
  expect([early.status, early.body.code]).toEqual([409, "NOT_DEPLOYED"]);
  expect(await creditsOf(organizationId)).toBe(25);

  const own = await deployed(apiKey);
  expect([(await invoke(own)).status, (await invoke(own)).status]).toEqual([200, 200]);
  const poor = await invoke(own);
  expect(poor.status).toBe(402);
  expect(poor.body).toEqual({
    error: "Insufficient credits",
    code: "INSUFFICIENT_CREDITS",
    required: 10,
    available: 4,
  });
  const { runs } = await system.one<{ runs: number }>(sql`
    select count(*) as runs from invocations where organization_id = ${organizationId}`);
  expect(runs).toBe(2);
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("+C3 input that breaks the version's schema is 400 naming every field, before anything is paid", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, strict);
  const invoke = (body: unknown) => send(`POST /api/agent-apps/${appId}/invoke`, { apiKey, body });

  const wrong = await invoke({ input: { depth: "deep", size: 1 } });
  expect(wrong.status).toBe(400);
  expect(wrong.body).toEqual({
    error: "The input does not match the schema of this version",
    code: "VALIDATION_ERROR",
    details: {
      "input.topic": "Required field missing",
      "input.size": "Unknown field",
      "input.depth": 'Must be equal to one of the allowed values: ["short","long"]',
    },
  });
  const missing = await invoke({});
  expect([missing.status, missing.body.details]).toEqual([400, { input: "Required field missing" }]);
  const large = await invoke({ input: "x".repeat(300_000) });
  expect([large.status, large.body.details]).toEqual([400, { input: "Must have at most 256 KB as JSON" }]);
  expect(await creditsOf(organizationId)).toBe(24);
  expect((await invoke({ input: { topic: "tea", depth: "long" } })).status).toBe(200);
});

test("+C3 a schema whose pattern never ends holds up nobody and costs nothing", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, { ...simpleManifest, inputSchema: { type: "string", pattern: "^(a+)+$" } });
  const startedAt = performance.now();

  const body = { input: `${"a".repeat(60)}!` };
  const first = await send(`POST /api/agent-apps/${appId}/invoke`, { apiKey, body });

  expect([first.status, first.body.details]).toEqual([400, { input: expect.stringContaining("Takes too long") }]);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await creditsOf(organizationId)).toBe(24);
});

test("+C3 with Accept: text/event-stream the run's events come in order, then the result", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const manifest = { ...simpleManifest, strategy: { name: "refine", rounds: 1 } };
  const appId = await deployed(apiKey, manifest);

  const answer = await send(`POST /api/agent-apps/${appId}/invoke`, {
    apiKey,
    headers: { accept: "text/event-stream" },
    body: { input: "Ada" },
  });

  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const events = eventsIn(answer.text);
  expect(events.map(({ event }) => event)).toEqual([
    "run.started",
    "step.completed",
    "step.completed",
    "run.completed",
    "result",
  ]);
  expect(events.map(({ id }) => id)).toEqual(["1", "2", "3", "4", undefined]);
  const result = events.at(-1)?.data;
  expect(result).toMatchObject({ package_version: "1.0.0", credits_used: 10, simulated: true });
  const again = await send(`GET /api/agent-apps/${appId}/invocations/${result.run_id}/events`, {
    apiKey,
    headers: { "last-event-id": "3" },
  });
  expect(eventsIn(again.text).map(({ event }) => event)).toEqual(["run.completed", "result"]);
  expect(eventsIn(again.text).at(-1)?.data).toEqual(result);
  expect(await creditsOf(organizationId)).toBe(14);
});

test("+C3 mode queued answers 202 at once; a worker carries it out in the asker's name", async () => {
  const { apiKey, keyId, organizationId } = await createOrganization();
  const appId = await deployed(apiKey);

  const queued = await send(`POST /api/agent-apps/${appId}/invoke`, {
    apiKey,
    body: { input: { a: 1 }, mode: "queued" },
  });

  expect(queued.status).toBe(202);
  const { run_id: runId, status_url: url } = queued.body;
  expect(queued.body).toMatchObject({ status: "queued", package_version: "1.0.0", credits_used: 10 });
  expect(await creditsOf(organizationId)).toBe(14);
  const path = new URL(url).pathname;
  expect((await send(`GET ${path}`, { apiKey })).body.invocation).toMatchObject({ status: "queued", output: null });

  await expect
    .poll(
      async () => {
        await drainQueue(invocationQueue);
        return (await send(`GET ${path}`, { apiKey })).body.invocation.status;
      },
      { timeout: 15_000 },
    )
    .toBe("completed");

  const { body } = await send(`GET ${path}`, { apiKey });
  expect(body.invocation).toMatchObject({ mode: "queued", input: { a: 1 }, simulated: true, credits_used: 10 });
  const row = await system.one<{ apiKeyId: string }>(sql`
    select api_key_id from usage_events where run_id = ${runId} and type = 'invocation' and value = 10`);
  expect(row.apiKeyId).toBe(keyId);
  const events = eventsIn((await send(`GET ${path}/events`, { apiKey })).text);
  expect(events.map(({ event }) => event)).toEqual([
    "run.queued",
    "run.started",
    "step.completed",
    "run.completed",
    "result",
  ]);
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("+C3 an Idempotency-Key pays once: the same answer again, 409 for another body", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey);
  const invoke = (input: unknown, key = "call-1", mode = "sync") =>
    send(`POST /api/agent-apps/${appId}/invoke`, {
      apiKey,
      headers: { "idempotency-key": key },
      body: { input, mode },
    });

  const [one, two] = await Promise.all([invoke("Ada"), invoke("Ada")]);
  const [done, refused] = one.status === 200 ? [one, two] : [two, one];
  expect([done.status, refused.status, refused.body.code]).toEqual([200, 409, "IDEMPOTENCY_RUNNING"]);
  const replay = await invoke("Ada");
  expect([replay.status, replay.body]).toEqual([200, done.body]);
  expect(replay.headers.get("idempotency-replayed")).toBe("true");
  const other = await invoke("Bob");
  expect([other.status, other.body.code]).toEqual([409, "IDEMPOTENCY_MISMATCH"]);
  expect(await creditsOf(organizationId)).toBe(14);

  const queued = [await invoke("Eve", "call-2", "queued"), await invoke("Eve", "call-2", "queued")];
  expect(queued.map(({ status }) => status)).toEqual([202, 202]);
  expect(queued[1]?.body).toEqual(queued[0]?.body);
  expect(await creditsOf(organizationId)).toBe(4);
  expect(await findFaults(60, organizationId)).toEqual([]);
});
