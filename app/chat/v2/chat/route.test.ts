import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { getRun, listRuns } from "#lib/runs/service";
import { call } from "#lib/testing/call";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { POST } from "./route.ts";

const path = "/chat/v2/chat";
let fake: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

const says = (text: string) => ({ type: "completion", text }) as const;
const judges = (score: number) => says(JSON.stringify({ score, feedback: "fine" }));

function turnsOf(organizationId: string): Promise<{ sessionId: string; role: string; content: string }[]> {
  return system.all(sql`
    select s.session_id, t.role, t.content from chat_turns t join chat_sessions s on s.id = t.chat_session_id
    where t.organization_id = ${organizationId} order by t.position`);
}

test("O1 balanced by default: one answer, one evaluation, everything stored", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  fake.script(says("The moon."), judges(8.5));

  const { status, body } = await call(POST, { apiKey, path, body: { message: "Why tides?", session_id: "s-1" } });

  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    error: null,
    metadata: { version: "v2" },
    data: {
      response: "The moon.",
      session_id: "s-1",
      execution_mode: "single",
      quality_score: 0.85,
      metadata: { tokens_used: 36, processing_steps: ["route", "generate:codex", "evaluate:gpt4"] },
    },
  });
  expect(body.data.metadata.simulated).toBeUndefined();
  expect(await turnsOf(organizationId)).toEqual([
    { sessionId: "s-1", role: "user", content: "Why tides?" },
    { sessionId: "s-1", role: "assistant", content: "The moon." },
  ]);
  const [run] = (await listRuns(ctx, { limit: 10, offset: 0 })).items;
  expect(run).toMatchObject({
    kind: "chat",
    status: "completed",
    model: "codex",
    score: 8.5,
    requestId: body.metadata.request_id,
  });
  expect((await getRun(ctx, run?.id ?? "")).steps).toHaveLength(2);
  const usage = await system.all(sql`
    select description from usage_events where organization_id = ${organizationId} and type = 'invocation'`);
  expect(usage).toEqual([{ description: "Chat with codex" }]);
  const events = await system.all<{ data: unknown }>(sql`
    select data from events where organization_id = ${organizationId} and type = 'chat.completed'`);
  expect(events).toMatchObject([{ data: { session_id: "s-1", message_preview: "Why tides?", response: "The moon." } }]);
});

test("O1 lite is one call of the cheapest model; a session id is made when there is none", async () => {
  const { apiKey } = await createOrganization();
  const { body } = await call(POST, { apiKey, path, body: { message: "Hi", optimization_mode: "lite" } });

  expect(fake.received).toHaveLength(1);
  expect(body.data.session_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(body.data.metadata.processing_steps).toEqual(["route", "generate:codex"]);
  expect(body.data.quality_score).toBeGreaterThan(0);
  expect(body.data.quality_score).toBeLessThanOrEqual(1);
});

test("O1 quality goes up to three rounds and keeps the best", async () => {
  const { apiKey } = await createOrganization();
  fake.script(says("one"), judges(6), says("two"), judges(8), says("three"), judges(7));
  const { body } = await call(POST, { apiKey, path, body: { message: "Hi", optimization_mode: "quality" } });
  expect(body.data).toMatchObject({ response: "two", quality_score: 0.8 });
  expect(fake.received).toHaveLength(6);
});

test("O1 swarms: teams merge, a debate has a judge", async () => {
  const { apiKey } = await createOrganization();
  const team = await call(POST, {
    apiKey,
    path,
    body: { message: "Hi", swarm_type: "coding-team", optimization_mode: "lite" },
  });
  expect(team.body.data.execution_mode).toBe("swarm:coding-team");
  expect(team.body.data.metadata.processing_steps.at(-1)).toBe("merge");

  fake.script(says("A"), says("B"), judges(5), judges(9));
  const duel = await call(POST, { apiKey, path, body: { message: "Hi", swarm_type: "coding-debate" } });
  expect(duel.body.data).toMatchObject({ execution_mode: "debate", response: "B", quality_score: 0.9 });
});

test("O1 use_memory alone decides whether earlier turns are read; another organization's session is another session", async () => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()];
  const lite = { optimization_mode: "lite", session_id: "same" };
  await call(POST, { apiKey: mine.apiKey, path, body: { ...lite, message: "My name is Ada." } });
  await call(POST, { apiKey: mine.apiKey, path, body: { ...lite, message: "Who am I?" } });
  await call(POST, { apiKey: mine.apiKey, path, body: { ...lite, message: "Who am I?", use_memory: true } });
  await call(POST, { apiKey: theirs.apiKey, path, body: { ...lite, message: "Who am I?", use_memory: true } });

  const sent = fake.received.map((received) => received.text.includes("Ada"));
  expect(sent).toEqual([true, false, true, false]);
  const roles = fake.received[2]?.text.match(/(?<="role":")(user|assistant)/g);
  expect(roles).toEqual(["user", "assistant", "user", "assistant", "user"]);
});

test("O1 user_context is passed on to the model", async () => {
  const { apiKey } = await createOrganization();
  await call(POST, {
    apiKey,
    path,
    body: { message: "Hi", optimization_mode: "lite", user_context: { plan: "gold" } },
  });
  expect(fake.received[0]?.text).toContain("gold");
});

test.each([
  ["nothing", {}, "message", "Required field missing"],
  ["a blank message", { message: "  " }, "message", "Message must not be blank"],
  ["a long message", { message: "x".repeat(32_001) }, "message", "Message must have at most 32000 characters"],
  ["a long session id", { message: "x", session_id: "s".repeat(129) }, "session_id", expect.any(String)],
  ["an unknown mode", { message: "x", optimization_mode: "turbo" }, "optimization_mode", expect.any(String)],
  ["an unknown swarm", { message: "x", swarm_type: "ants" }, "swarm_type", expect.any(String)],
  [
    "a large context",
    { message: "x", user_context: { a: "x".repeat(66_000) } },
    "user_context",
    "Must have at most 64 KB",
  ],
])("O1 refuses %s", async (_, body, field, reason) => {
  const { apiKey } = await createOrganization();
  const answer = await call(POST, { apiKey, path, body });
  expect(answer).toMatchObject({
    status: 400,
    body: { success: false, data: null, error: { code: "VALIDATION_ERROR", details: { field, reason } } },
  });
  expect(fake.received).toHaveLength(0);
});

test("O1 no provider answers: 503, a failed step and a failed run, no turns", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await fake.close();

  const answer = await call(POST, { apiKey, path, body: { message: "Hi" } });

  expect(answer).toMatchObject({ status: 503, body: { success: false, error: { code: "SERVICE_UNAVAILABLE" } } });
  const [run] = (await listRuns(ctx, { limit: 1, offset: 0 })).items;
  expect(run).toMatchObject({ status: "failed", errorCode: "provider_error" });
  const { steps } = await getRun(ctx, run?.id ?? "");
  expect(steps.length).toBeGreaterThan(0);
  for (const step of steps) expect(step).toMatchObject({ status: "failed", errorCode: "provider_error" });
  expect(await turnsOf(organizationId)).toEqual([]);
});

test("O1 a provider that keeps silent: 504", async () => {
  configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url, MODEL_TIMEOUT_SECONDS: "0.3" });
  fake.script({ type: "silence" });
  const { apiKey, ctx } = await createOrganization();

  const answer = await call(POST, { apiKey, path, body: { message: "Hi" } });

  expect(answer).toMatchObject({ status: 504, body: { error: { code: "TIMEOUT_ERROR" } } });
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items).toMatchObject([{ status: "failed" }]);
});

test("O1 5.10 without any provider the simulator answers, marked and repeatable", async () => {
  configureProviders();
  const { apiKey, ctx } = await createOrganization();
  const ask = () => call(POST, { apiKey, path, body: { message: "Why is the sky blue?" } });

  const [first, second] = [await ask(), await ask()];

  expect(first).toMatchObject({ status: 200, body: { data: { metadata: { simulated: true } } } });
  expect(second.body.data.response).toBe(first.body.data.response);
  expect(second.body.data.quality_score).toBe(first.body.data.quality_score);
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items).toMatchObject([{ simulated: true }]);
});
