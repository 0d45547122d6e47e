import { afterEach, beforeEach, expect, test } from "vitest";
import { deleteExpiredPrompts } from "#lib/completions/cache";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { getRun, listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

const messages = [{ role: "user", content: "Hello there" }];
let fake: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  const anthropic = { ANTHROPIC_API_KEY: "sk-ant-test", ANTHROPIC_BASE_URL: fake.url };
  configureProviders({
    OPENAI_API_KEY: "sk-openai-test",
    OPENAI_BASE_URL: fake.url,
    ...anthropic,
    BATON_METER_MODELS: "1",
  });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

async function caller() {
  const organization = await createOrganization();
  const { apiKey, ctx } = organization;
  const ask = (extra: Record<string, unknown> = {}, headers: Record<string, string> = { "x-baton-cache": "true" }) =>
    send("POST /v1/chat/completions", { apiKey, headers, body: { model: "gpt4", messages, max_tokens: 50, ...extra } });
  const runs = async () => (await listRuns(ctx, { limit: 100, offset: 0 })).items;
  return { ...organization, ask, runs };
}
const markOf = ({ headers }: { headers: Headers }) => headers.get("x-baton-cache");

test.each([false, true])("the same request again costs nothing and is answered alike (stream: %s)", async (stream) => {
  const { ask, runs, ctx } = await caller();
  const first = await ask({ stream });
  const again = await ask({ stream });

  expect([markOf(first), markOf(again)]).toEqual(["miss", "hit"]);
  expect(again.text).toBe(first.text);
  expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
  expect(again.headers.get("x-baton-model")).toBe("gpt4");
  expect(fake.received).toHaveLength(1);
  const [hit, miss] = await runs();
  expect(miss).toMatchObject({ costMicros: 540, chargedMicros: 540 });
  expect(hit).toMatchObject({ status: "completed", costMicros: 0, chargedMicros: 0 });
  expect((await getRun(ctx, hit?.id ?? "")).steps).toMatchObject([{ model: "gpt4", provider: "cache", costMicros: 0 }]);
});

test("the body's cache field works as well and is kept from the provider; the order of keys does not matter", async () => {
  const { ask, apiKey } = await caller();
  await ask({ cache: { ttl_seconds: 60 }, temperature: 0 }, {});
  const again = await send("POST /v1/chat/completions", {
    apiKey,
    body: { temperature: 0, max_tokens: 50, cache: true, messages, model: "gpt-4" },
  });
  expect(markOf(again)).toBe("hit");
  expect(fake.received[0]?.body).not.toHaveProperty("cache");
});

test("without being asked for it, nothing is kept and nothing is read", async () => {
  const { ask } = await caller();
  await ask({}, {});
  await ask({}, { "x-baton-cache": "false" });
  expect(markOf(await ask())).toBe("miss");
  expect(markOf(await ask({}, {}))).toBeNull();
  expect(fake.received).toHaveLength(4);
});

test("another request, another model or another organization is a miss", async () => {
  const { ask } = await caller();
  await ask();
  for (const other of [
    { temperature: 1 },
    { model: "codex" },
    { stream: true },
    { messages: [...messages, ...messages] },
  ])
    expect(markOf(await ask(other)), JSON.stringify(other)).toBe("miss");
  expect(markOf(await (await caller()).ask())).toBe("miss");
  expect(markOf(await ask())).toBe("hit");
});

test("an answer whose time is over is asked anew, and removed by the clean-up", async () => {
  const { ask, organizationId } = await caller();
  await ask();
  await system.run(sql`
    update prompt_cache set expires_at = now() - interval '1 second' where organization_id = ${organizationId}`);
  expect(markOf(await ask())).toBe("miss");
  expect(markOf(await ask())).toBe("hit");
  await system.run(sql`
    update prompt_cache set expires_at = now() - interval '1 second' where organization_id = ${organizationId}`);
  expect(await deleteExpiredPrompts()).toBeGreaterThanOrEqual(1);
  const left = sql`select count(*) as kept from prompt_cache where organization_id = ${organizationId}`;
  expect(await system.one(left)).toEqual({ kept: 0 });
});

test("only complete answers are kept: no refusal, no failure, no cut stream, nothing too long, nothing simulated", async () => {
  const { ask } = await caller();
  fake.script({ type: "status", status: 400, body: { error: { message: "no" } } });
  expect((await ask()).status).toBe(400);
  fake.script({ type: "completion", cutAfter: 3 });
  await ask({ stream: true });
  expect(markOf(await ask({ stream: true }))).toBe("miss");
  expect(markOf(await ask())).toBe("miss");
  fake.script({ type: "completion", text: "x".repeat(300_000) });
  await ask({ seed: 1 });
  expect(markOf(await ask({ seed: 1 }))).toBe("miss");
  configureProviders();
  await ask({ seed: 2 });
  expect(markOf(await ask({ seed: 2 }))).toBeNull();
});

test("what is kept is sealed", async () => {
  const { ask, organizationId } = await caller();
  await ask();
  const { sealedAnswer } = await system.one<{ sealedAnswer: Buffer }>(sql`
    select sealed_answer from prompt_cache where organization_id = ${organizationId}`);
  expect(sealedAnswer.toString("utf8")).not.toContain("fake provider");
});

test("messages of Anthropic's protocol are kept too, passed on or translated", async () => {
  const { apiKey } = await caller();
  const ask = (model: string, stream: boolean) =>
    send("POST /v1/messages", { apiKey, body: { model, messages, max_tokens: 50, stream, cache: { ttl_seconds: 9 } } });
  for (const [model, stream] of [
    ["sonnet", true],
    ["sonnet", false],
    ["gpt4", true],
    ["gpt4", false],
  ] as const) {
    const first = await ask(model, stream);
    const again = await ask(model, stream);
    expect([markOf(first), markOf(again)], model).toEqual(["miss", "hit"]);
    const withoutId = (text: string) => text.replaceAll(/msg_\w+/g, "msg");
    expect(withoutId(again.text)).toBe(withoutId(first.text));
  }
  expect(fake.received).toHaveLength(4);
});

test.each(["0", "604801", "soon"])("x-baton-cache: %s is refused", async (value) => {
  const { ask } = await caller();
  expect(await ask({}, { "x-baton-cache": value })).toMatchObject({
    status: 400,
    body: { error: { param: "x-baton-cache" } },
  });
});
