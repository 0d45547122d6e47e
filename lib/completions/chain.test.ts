import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { addCredits, getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { setProviderLimit } from "#lib/models/provider-limits";
import { getRun, listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, type Script, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

const messages = [{ role: "user", content: "Hello there" }];
let fake: FakeOpenAI;
let second: FakeOpenAI;

function configure(values: Record<string, string> = {}): void {
  configureProviders({
    OPENAI_API_KEY: "sk-openai-test",
    OPENAI_BASE_URL: fake.url,
    KIMI_API_KEY: "sk-kimi-test",
    KIMI_BASE_URL: second.url,
    MODEL_TIMEOUT_SECONDS: "5",
    BATON_METER_MODELS: "1",
    ...values,
  });
}

beforeEach(async () => {
  fake = await startFakeOpenAI();
  second = await startFakeOpenAI();
  configure();
});
afterEach(async () => {
  configureProviders();
  await Promise.all([fake.close(), second.close()]);
});

async function payer() {
  const organization = await createOrganization();
  const { apiKey, ctx, organizationId } = organization;
  await addCredits(system, ctx, { type: "grant", amount: 975, description: "Test", reference: "test" });
  const ask = (extra: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    send("POST /v1/chat/completions", { apiKey, headers, body: { model: "gpt4", messages, ...extra } });
  const runs = async () => (await listRuns(ctx, { limit: 1_000, offset: 0 })).items;
  const stepsOf = async () => (await getRun(ctx, (await runs())[0]?.id ?? "")).steps;
  /** Micro-dollars gone; nothing may be held any more, and all must add up. */
  const paid = async () => {
    expect(await findFaults(60, organizationId)).toEqual([]);
    expect((await getBalance(system, ctx)).heldMicros).toBe(0);
    const { available } = await system.one<{ available: number }>(sql`
      select available_micros as available from organizations where id = ${organizationId}`);
    return 10_000_000 - available;
  };
  return { ...organization, ask, runs, stepsOf, paid };
}

const status = (code: number, headers?: Record<string, string>): Script => ({
  type: "status",
  status: code,
  body: { error: { message: "later" } },
  ...(headers ? { headers } : {}),
});

test.each([408, 429, 500, 502, 503])("a passing failure (%s) is tried again, and paid once", async (code) => {
  const { ask, paid, runs } = await payer();
  fake.script(status(code));
  expect((await ask()).status).toBe(200);
  expect(fake.received).toHaveLength(2);
  expect(await paid()).toBe(540);
  expect(await runs()).toMatchObject([{ status: "completed", chargedMicros: 540 }]);
});

test.each([400, 401, 404, 422])("a failure that will not pass (%s) is not tried again", async (code) => {
  const { ask, paid } = await payer();
  fake.script(status(code));
  expect((await ask()).status).toBeGreaterThanOrEqual(400);
  expect(fake.received).toHaveLength(1);
  expect(await paid()).toBe(0);
});

test("Retry-After is waited for, and not waited for when it lies beyond the deadline", async () => {
  const { ask, runs } = await payer();
  fake.script(status(503, { "retry-after": "1" }));
  const startedAt = performance.now();
  expect((await ask()).status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);

  fake.script(status(429, { "retry-after": "60" }));
  const refused = await ask();
  expect(refused).toMatchObject({ status: 429, body: { error: { code: "PROVIDER_RATE_LIMITED" } } });
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(fake.received).toHaveLength(3);
  expect(await runs()).toMatchObject([
    { status: "failed", errorCode: "provider_rate_limited" },
    { status: "completed" },
  ]);
});

test.each([false, true])("the next model of a chain answers when the first cannot (stream: %s)", async (stream) => {
  const { ask, paid, runs, stepsOf } = await payer();
  fake.script(status(500), status(500));

  const answer = await ask({ models: ["k2p5"], stream });

  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-baton-model")).toBe("k2p5");
  expect(answer.text).toContain("kimi-k2.5");
  expect(second.received[0]?.body).not.toHaveProperty("models");
  // 18 tokens at a dollar per million.
  expect(await paid()).toBe(18);
  expect(await runs()).toMatchObject([{ status: "completed", model: "k2p5", chargedMicros: 18 }]);
  expect(await stepsOf()).toMatchObject([
    { position: 0, status: "failed", model: "gpt4", errorCode: "provider_error", chargedMicros: 0, costMicros: 0 },
    { position: 1, status: "completed", model: "k2p5", chargedMicros: 18 },
  ]);
});

test("a chain may come in a header; its last failure is the answer, stored as one run with a step for each", async () => {
  const { ask, paid, runs, stepsOf } = await payer();
  await Promise.all([fake.close(), second.close()]);
  const answer = await ask({}, { "x-baton-models": "k2p5, codex" });
  expect(answer).toMatchObject({ status: 503, body: { error: { code: "PROVIDER_ERROR" } } });
  expect(await paid()).toBe(0);
  expect(await runs()).toMatchObject([{ status: "failed", model: "codex" }]);
  expect((await stepsOf()).map(({ model }) => model)).toEqual(["gpt4", "k2p5", "codex"]);
});

test("a context that is too long for one model goes to the next; another refusal is the caller's own", async () => {
  const { ask } = await payer();
  const tooLong = { error: { message: "too long", code: "context_length_exceeded" } };
  fake.script({ type: "status", status: 400, body: tooLong }, { type: "status", status: 400, body: tooLong });
  expect((await ask({ models: ["k2p5"] })).status).toBe(200);
  expect(await ask()).toMatchObject({ status: 400, body: tooLong });
  fake.script(status(400));
  expect((await ask({ models: ["k2p5"] })).status).toBe(400);
  expect(second.received).toHaveLength(1);
});

test("a stream that is cut anywhere ends whole or with an error, never twice paid, never with another text", async () => {
  const { ask, paid, runs } = await payer();
  let isWhole = false;
  let expected = 0;
  for (let cutAfter = 0; !isWhole && cutAfter < 30; cutAfter++) {
    await ask();
    fake.script({ type: "completion", cutAfter });
    const { status: code, text } = await ask({ stream: true });
    expect(code).toBe(200);
    const datas = text
      .split("\n\n")
      .filter(Boolean)
      .map((event) => event.replace(/^data: /, ""));
    const hasEnded = datas.at(-1) === "[DONE]";
    const chunks = datas.filter((data) => data !== "[DONE]").map((data) => JSON.parse(data));
    const words = chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? "").join("");
    expect("Hello from the fake provider.".startsWith(words)).toBe(true);
    expect(hasEnded).toBe(!chunks.at(-1)?.error);
    const [run] = await runs();
    expect(run?.status).toBe(hasEnded ? "completed" : "failed");
    expected += 540 + (run?.chargedMicros ?? 0);
    expect(await paid()).toBe(expected);
    isWhole = hasEnded && cutAfter > 0;
  }
  expect(isWhole).toBe(true);
});

test("a provider that fails again and again is given a pause, is not asked meanwhile, and heals", async () => {
  configure({ MODEL_RETRIES: "0" });
  const { ask, runs } = await payer();
  fake.script(...Array.from({ length: 5 }, () => status(500)));
  for (let call = 0; call < 5; call++) expect((await ask()).status).toBe(503);
  expect(fake.received).toHaveLength(5);

  const paused = await ask();
  expect(paused).toMatchObject({ status: 503, body: { error: { code: "PROVIDER_PAUSED" } } });
  expect(Number(paused.headers.get("retry-after"))).toBeGreaterThan(25);
  expect((await ask({ models: ["k2p5"] })).headers.get("x-baton-model")).toBe("k2p5");
  expect(fake.received).toHaveLength(5);
  const metrics = await send("GET /metrics", { apiKey: (await createOrganization()).apiKey });
  expect(metrics.text).toContain('baton_provider_state{provider="openai"} 2');

  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
  try {
    fake.script(status(500));
    expect((await ask()).body.error.code).toBe("PROVIDER_ERROR");
    expect((await ask()).body.error.code).toBe("PROVIDER_PAUSED");
    vi.setSystemTime(Date.now() + 31_000);
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
  } finally {
    vi.useRealTimers();
  }
  expect((await runs())[0]).toMatchObject({ status: "completed" });
});

test("no more calls than there are places are made at a time; who finds no place in time is told", async () => {
  configure({
    PROVIDER_CONCURRENCY: "2",
    PROVIDER_QUEUE_MAX: "2",
    PROVIDER_QUEUE_SECONDS: "0.3",
    MODEL_TIMEOUT_SECONDS: "2",
  });
  const { ask, paid } = await payer();
  fake.script({ type: "silence" }, { type: "silence" });
  const asking = [ask({ max_tokens: 5 }), ask({ max_tokens: 5 })];
  await vi.waitFor(() => expect(fake.received).toHaveLength(2));
  const more = await Promise.all([ask({ max_tokens: 5 }), ask({ max_tokens: 5 }), ask({ max_tokens: 5 })]);
  expect(more.map(({ body }) => body.error.code)).toEqual(["PROVIDER_BUSY", "PROVIDER_BUSY", "PROVIDER_BUSY"]);
  expect(fake.received).toHaveLength(2);
  expect((await Promise.all(asking)).map(({ status: code }) => code)).toEqual([504, 504]);
  expect((await ask()).status).toBe(200);
  expect(await paid()).toBe(540);
});

test("A24 an hourly limit admits exactly as many calls at once as it says; the next model of a chain takes over", async () => {
  const { ask, ctx } = await payer();
  await setProviderLimit(ctx, "openai", 7);
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask({ max_tokens: 5 })));
  expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(7);
  const refused = answers.filter(({ status: code }) => code === 429);
  expect(refused).toHaveLength(13);
  expect(refused[0]?.body.error).toMatchObject({ code: "PROVIDER_LIMIT", type: "rate_limit_error" });
  expect(fake.received).toHaveLength(7);
  expect((await ask({ models: ["k2p5"] })).headers.get("x-baton-model")).toBe("k2p5");
});

test("an unknown model anywhere in a chain is 404, an orchestration in it 400, and nobody is asked", async () => {
  const { ask, runs } = await payer();
  expect((await ask({ models: ["gpt-99"] })).status).toBe(404);
  expect(await ask({ models: ["baton/refine"] })).toMatchObject({ status: 400, body: { error: { param: "models" } } });
  expect(fake.received).toHaveLength(0);
  expect(await runs()).toEqual([]);
});
