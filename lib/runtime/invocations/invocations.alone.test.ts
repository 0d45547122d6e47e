import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { failInterruptedRuns } from "#lib/runs/service";
import { invoke, settleInterrupted } from "#lib/runtime/invocations/service";
import { send } from "#lib/testing/client";
import { deployed, eventsIn, simpleManifest } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { type FakeRuntime, startFakeRuntime } from "#lib/testing/fake-runtime";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { startToolServer, type ToolServer } from "#lib/testing/tool-server";

await ownDatabase();

let provider: FakeOpenAI;
let runtime: FakeRuntime;
let tools: ToolServer;

beforeAll(async () => {
  [provider, runtime, tools] = [await startFakeOpenAI(), await startFakeRuntime(), await startToolServer()];
  provideEnvironment({ ...runtime.environment, WEBHOOK_ALLOW_PRIVATE: "1" });
});
beforeEach(() => configureProviders({ OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: provider.url }));
afterEach(() => configureProviders());
afterAll(async () => {
  await Promise.all([provider.close(), runtime.close(), tools.close()]);
});

const agent = { ...simpleManifest, model: "gpt-4" };
const down = { type: "status", status: 500, body: { error: { message: "down" } } } as const;

async function expectPaid(organizationId: string, credits: number, refunds: number): Promise<void> {
  const row = await system.one<{ refunds: number }>(sql`
    select count(*) as refunds from credit_transactions where organization_id = ${organizationId} and type = 'refund'`);
  expect(row.refunds).toBe(refunds);
  expect((await getBalance(system, { organizationId })).credits).toBe(credits);
  expect(await findFaults(60, organizationId)).toEqual([]);
}

const call = (apiKey: string, appId: string, input: unknown, headers: Record<string, string> = {}) =>
  send(`POST /api/agent-apps/${appId}/invoke`, { apiKey, headers, body: { input } });

test("+C3 a real provider answers: instructions and input as sent, no sign of simulation", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  provider.script({ type: "completion", text: "Hello Ada." });

  const { body } = await call(apiKey, appId, { name: "Ada" });

  expect(body).toMatchObject({ output: "Hello Ada.", package_version: "1.0.0", credits_used: 10 });
  expect(body).not.toHaveProperty("simulated");
  expect(provider.received.at(-1)?.body.messages).toEqual([
    { role: "system", content: simpleManifest.instructions },
    { role: "user", content: JSON.stringify({ name: "Ada" }, null, 2) },
  ]);
  await expectPaid(organizationId, 14, 0);
});

test("+C3 a provider that is down: 503, the 10 credits come back once, and the same Idempotency-Key may try again", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  provider.script(down, down);
  const key = { "idempotency-key": "try" };

  const failed = await call(apiKey, appId, "Ada", key);

  expect(failed.status).toBe(503);
  await expectPaid(organizationId, 24, 1);
  const list = await send(`GET /api/agent-apps/${appId}/invocations`, { apiKey });
  expect(list.body.invocations[0]).toMatchObject({ status: "failed", credits_used: 0, output: null });
  const { body: usage } = await send("GET /api/usage/activity", { apiKey });
  expect(usage.events.filter(({ type }: { type: string }) => type === "invocation")).toEqual([]);
  expect((await call(apiKey, appId, "Ada", key)).status).toBe(200);
  await expectPaid(organizationId, 14, 1);
});

test("+C3 a stream tells of a failure at its end, after the refund", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  provider.script(down, down);

  const { status, text } = await call(apiKey, appId, "Ada", { accept: "text/event-stream" });

  expect(status).toBe(200);
  const events = eventsIn(text);
  expect(events.map(({ event }) => event)).toEqual(["run.started", "step.failed", "run.failed", "error"]);
  expect(events.at(-1)?.data).toMatchObject({ error: expect.stringContaining("OpenAI") });
  await expectPaid(organizationId, 24, 1);
});

test("+C3 a call whose process dies is refunded once by upkeep, whoever does it", async () => {
  const { apiKey, organizationId, ctx } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  provider.script({ type: "silence" });
  const { runId, result } = await invoke(ctx, appId, { input: "Ada" }, "sync");
  result.catch(() => undefined);
  expect(await settleInterrupted()).toBe(0);
  await system.run(sql`update runs set lease_expires_at = now() - interval '1 second' where id = ${runId}`);

  await failInterruptedRuns();
  await Promise.all([settleInterrupted(), settleInterrupted(), settleInterrupted()]);

  await expectPaid(organizationId, 24, 1);
  const { body } = await send(`GET /api/agent-apps/${appId}/invocations/${runId}`, { apiKey });
  expect(body.invocation).toMatchObject({ status: "failed", credits_used: 0, error: { code: "interrupted" } });
});

test("+C3 a model calls a declared HTTP tool and goes on with what it said; followers see the call", async () => {
  const { apiKey } = await createOrganization();
  const weather = {
    name: "weather",
    description: "The weather of a city.",
    url: `${tools.origin}/weather/{city}`,
    parameters: { type: "object", required: ["city"], properties: { city: { type: "string" } } },
  };
  const appId = await deployed(apiKey, { ...agent, tools: [weather] });
  const asked = { name: "weather", arguments: '{"city":"Oslo"}' };
  provider.script(
    { type: "completion", toolCalls: [{ index: 0, id: "call_1", type: "function", function: asked }] },
    { type: "completion", text: "It is fine in Oslo." },
  );
  const before = provider.received.length;

  const { body } = await call(apiKey, appId, "Weather in Oslo?");

  expect(body.output).toBe("It is fine in Oslo.");
  expect(tools.received.at(-1)).toMatchObject({ method: "GET", url: "/weather/Oslo" });
  const [first, second] = provider.received.slice(before);
  expect(first?.body.tools).toMatchObject([{ type: "function", function: { name: "weather" } }]);
  const said = { role: "tool", content: expect.stringContaining("HTTP 200") };
  expect(second?.body.messages).toContainEqual(expect.objectContaining(said));
  const { text } = await send(`GET /api/agent-apps/${appId}/invocations/${body.run_id}/events`, { apiKey });
  expect(eventsIn(text).find(({ event }) => event === "tool.called")?.data).toMatchObject({
    name: "weather",
    status: 200,
  });
  const { body: read } = await send(`GET /api/agent-apps/${appId}/invocations/${body.run_id}`, { apiKey });
  // Two calls of 11 and 7 tokens.
  expect(read.invocation).toMatchObject({ input_tokens: 22, output_tokens: 14 });
});

test("+C3 an external runtime answers, signed and with its own figures; its refusal is told and refunded", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, { name: "Coder", runtime: "python3.12" });

  const { body } = await call(apiKey, appId, { n: 1 });

  expect(body).toMatchObject({ output: '{"echo":{"n":1}}', credits_used: 10, package_version: "1.0.0" });
  expect(runtime.received.at(-1)).toMatchObject({
    path: "/invoke",
    isSigned: true,
    body: { run_id: body.run_id, input: { n: 1 } },
  });
  const { body: read } = await send(`GET /api/agent-apps/${appId}/invocations/${body.run_id}`, { apiKey });
  expect(read.invocation).toMatchObject({ model: "own-model", input_tokens: 3, output_tokens: 5 });
  runtime.script({ status: 400, body: { error: "n must be even" } });
  const refused = await call(apiKey, appId, { n: 1 });
  expect([refused.status, refused.body.code, refused.body.error]).toEqual([
    409,
    "RUNTIME_REFUSED",
    "The runtime refused: n must be even",
  ]);
  await expectPaid(organizationId, 14, 1);
});

test.each([
  ["never answers", { type: "silence" } as const, 504, "RUNTIME_TIMEOUT"],
  ["fails", { status: 500, body: {} }, 503, "RUNTIME_UNAVAILABLE"],
  ["answers nonsense", { type: "raw", text: "<html>" } as const, 502, "RUNTIME_UNUSABLE_ANSWER"],
  ["has no output", { status: 200, body: { result: 1 } }, 502, "RUNTIME_UNUSABLE_ANSWER"],
])("+C3 an external runtime that %s is a clear error and a refund", async (_, script, status, code) => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, { name: "Coder", runtime: "python3.12" });
  runtime.script(script);
  const answer = await call(apiKey, appId, 1);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  await expectPaid(organizationId, 24, 1);
});
