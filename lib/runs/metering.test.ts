import OpenAI from "openai";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { cloud } from "#lib/http/dialects/cloud";
import { addCredits, debitCredits, getBalance, holdCredits } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { stream } from "#lib/models/gateway";
import { candidateOf, getModel } from "#lib/models/service";
import { getRun, listRuns, recordStep } from "#lib/runs/service";
import { call } from "#lib/testing/call";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { POST as chat } from "../../app/chat/v2/chat/route.ts";
import { POST as complete } from "../../app/v1/chat/completions/route.ts";

const path = "/v1/chat/completions";
const messages = [{ role: "user" as const, content: "Hello there" }];
let fake: FakeOpenAI;

function configure(values: Record<string, string> = {}): void {
  const provider = { OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url, MODEL_TIMEOUT_SECONDS: "5" };
  configureProviders({ ...provider, BATON_METER_MODELS: "1", ...values });
}

beforeEach(async () => {
  fake = await startFakeOpenAI();
  configure();
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

/** An organization, and ways to look at what it paid. */
async function payer(credits = 25) {
  const organization = await createOrganization();
  const { organizationId, ctx, apiKey } = organization;
  const start = { amount: Math.abs(credits - 25), description: "Start", reference: "start" };
  if (credits < 25) await debitCredits(system, ctx, start);
  if (credits > 25) await addCredits(system, ctx, { type: "purchase", ...start });
  const ask = (extra: Record<string, unknown> = {}) =>
    call(complete, { apiKey, path, body: { model: "gpt4", messages, ...extra } });
  const runs = async () => (await listRuns(ctx, { limit: 1_000, offset: 0 })).items;
  /** Micro-dollars gone from what the organization had at first; nothing may be held any more, and all must add up. */
  const paid = async () => {
    expect(await findFaults(60, organizationId)).toEqual([]);
    const { available } = await system.one<{ available: number }>(sql`
      select available_micros as available from organizations where id = ${organizationId}`);
    expect((await getBalance(system, ctx)).heldMicros).toBe(0);
    return credits * 10_000 - available;
  };
  const usage = () =>
    system.all<{ value: string | null; model: string; costMicros: number }>(sql`
      select value, model, cost_micros from usage_events
      where organization_id = ${organizationId} and type = 'invocation' order by created_at`);
  return { ...organization, ask, runs, paid, usage };
}

test.each([
  ["1", 540],
  ["1.25", 675],
  ["1.001", 541],
])(
  "a call costs its price times the markup of %s, on its run, its step, its usage and the balance alike",
  async (markup, micros) => {
    configure({ BATON_METER_MARKUP: markup });
    const { ask, paid, runs, usage, ctx } = await payer();

    expect((await ask()).status).toBe(200);

    expect(await paid()).toBe(micros);
    const [run] = await runs();
    expect(run).toMatchObject({ costMicros: 540, chargedMicros: micros });
    expect((await getRun(ctx, run?.id ?? "")).steps).toMatchObject([{ costMicros: 540, chargedMicros: micros }]);
    expect(await usage()).toEqual([{ value: expect.any(String), model: "gpt4", costMicros: 540 }]);
    expect(Number((await usage())[0]?.value)).toBe(micros / 10_000);
  },
);

test("100 calls at once are charged exactly, and what the runs say adds up to what the ledger took", async () => {
  const { ask, paid, runs, organizationId } = await payer(60);
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask({ max_tokens: 20 })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await paid()).toBe(54_000);
  expect((await runs()).reduce((sum, { chargedMicros }) => sum + chargedMicros, 0)).toBe(54_000);
  const { debited } = await system.one<{ debited: number }>(sql`
    select -sum(amount)::bigint as debited from credit_transactions
    where organization_id = ${organizationId} and description = 'Model calls'`);
  expect(debited).toBe(5);
});

test("no more calls reach the provider than the balance covers, and no fewer", async () => {
  configure({ MODEL_TIMEOUT_SECONDS: "1" });
  const { ask, paid } = await payer(1);
  // 5 tokens out and some 90 bytes in, at $30 per million: about 2,900 micro-dollars held for each.
  const body = JSON.stringify({ model: "gpt4", messages, max_tokens: 5 });
  const covered = Math.floor(10_000 / ((body.length + 5) * 30));
  fake.script(...Array.from({ length: covered }, () => ({ type: "silence" }) as const));

  const asking = Array.from({ length: 20 }, () => ask({ max_tokens: 5 }));
  await vi.waitFor(() => expect(fake.received).toHaveLength(covered));
  const statuses = (await Promise.all(asking)).map(({ status }) => status);

  expect(statuses.filter((status) => status === 504)).toHaveLength(covered);
  expect(statuses.filter((status) => status === 402)).toHaveLength(20 - covered);
  expect(fake.received).toHaveLength(covered);
  expect(await paid()).toBe(0);
});

test("a stream that ends is charged what the provider counted; one that breaks off or is cut, what was heard", async () => {
  const { ask, paid, runs, apiKey } = await payer();
  await ask({ stream: true });
  expect(await paid()).toBe(540);

  fake.script({ type: "cut", after: 4 });
  await ask({ stream: true });
  // 3 tokens in and 5 out, by characters.
  expect(await paid()).toBe(540 + 240);

  fake.script({ type: "slow-stream", everyMs: 10, chunks: 1_000 });
  const body = JSON.stringify({ model: "gpt4", messages, stream: true });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const response = await complete(new Request(`http://localhost:3000${path}`, { method: "POST", headers, body }));
  const reader = response.body?.getReader();
  for (let index = 0; index < 5; index++) await reader?.read();
  await reader?.cancel();

  await vi.waitFor(async () => expect(await runs()).toHaveLength(3));
  const [last] = await runs();
  expect(last).toMatchObject({ status: "cancelled", inputTokens: 3 });
  expect(last?.outputTokens).toBeGreaterThanOrEqual(5);
  expect(last?.chargedMicros).toBe(((last?.outputTokens ?? 0) + 3) * 30);
  expect(await paid()).toBe(780 + (last?.chargedMicros ?? 0));
});

test.each([
  ["fails", { type: "status", status: 500, body: { error: { message: "boom" } } }, 503],
  ["refuses", { type: "status", status: 400, body: { error: { message: "too long" } } }, 400],
  ["talks nonsense", { type: "raw", body: "{}" }, 503],
] as const)("a call whose provider %s costs nothing and keeps nothing held", async (_, script, status) => {
  const { ask, paid, runs } = await payer();
  fake.script(script, script);
  expect((await ask()).status).toBe(status);
  expect(await paid()).toBe(0);
  expect(await runs()).toMatchObject([{ status: "failed", chargedMicros: 0 }]);
});

test("402 in OpenAI's form before the provider is asked, as OpenAI's own client understands it", async () => {
  const { apiKey, runs, paid } = await payer(2);
  const client = new OpenAI({
    apiKey,
    baseURL: "http://localhost:3000/v1",
    maxRetries: 0,
    fetch: (url, init) => complete(new Request(url, init)),
  });

  const refusal = await client.chat.completions.create({ model: "gpt4", messages }).catch((error: unknown) => error);

  expect(refusal).toMatchObject({
    status: 402,
    code: "INSUFFICIENT_CREDITS",
    type: "insufficient_quota",
    error: { required: 13, available: 2, message: expect.stringContaining("Lower max_tokens") },
  });
  expect(fake.received).toHaveLength(0);
  expect(await runs()).toEqual([]);
  const whole = await client.chat.completions.create({ model: "gpt4", messages, max_tokens: 50 });
  expect(whole.usage?.total_tokens).toBe(18);
  expect(await paid()).toBe(540);
});

test("C20 402 in the cloud's form: the error, its code, what is required and what is available", async () => {
  const { organizationId } = await payer(2);
  const holding = holdCredits({ organizationId, micros: 30_001, reference: "call:1", expiresInSeconds: 60 });
  const error = await holding.catch((thrown) => thrown);
  const meta = { requestId: "req_test12345", method: "POST", path: "/api/test", now: new Date() };
  expect(cloud.error(error, meta)).toEqual({
    status: 402,
    body: { error: error.message, code: "INSUFFICIENT_CREDITS", required: 4, available: 2 },
  });
});

test("O1 402 in the orchestra's form; the run is stored as failed and nothing is charged", async () => {
  const { apiKey, runs, paid } = await payer(1);

  const { status, body } = await call(chat, { apiKey, path: "/chat/v2/chat", body: { message: "Why tides?" } });

  expect(status).toBe(402);
  expect(body).toMatchObject({
    success: false,
    error: { code: "INSUFFICIENT_CREDITS", details: { required: expect.any(Number), available: 1 } },
  });
  expect(fake.received).toHaveLength(0);
  expect(await runs()).toMatchObject([{ status: "failed", errorCode: "insufficient_credits" }]);
  expect(await paid()).toBe(0);
});

test("O1 a chat is charged call by call: the steps add up to the run, the usage and the balance", async () => {
  configure({ BATON_METER_MARKUP: "1.5" });
  const { apiKey, ctx, runs, paid, usage } = await payer();

  const { status } = await call(chat, { apiKey, path: "/chat/v2/chat", body: { message: "Why tides?" } });

  expect(status).toBe(200);
  const [run] = await runs();
  const { steps } = await getRun(ctx, run?.id ?? "");
  // codex answers for 78 micro-dollars, gpt4 judges for 540.
  expect(steps.map(({ chargedMicros }) => chargedMicros)).toEqual([117, 810, 810]);
  expect(run).toMatchObject({ costMicros: 1_158, chargedMicros: 1_737 });
  expect(await paid()).toBe(1_737);
  expect(await usage()).toMatchObject([{ costMicros: 1_158, model: "codex" }]);
  expect(Number((await usage())[0]?.value)).toBe(0.1737);
  const limits = fake.received.map(({ body }) => body.max_completion_tokens ?? body.max_tokens);
  expect(limits).toEqual([8_192, 4_096, 4_096]);
});

test("a gateway stream whose reader leaves is settled at what was heard; a step of a run that has ended costs nothing", async () => {
  const { ctx, paid } = await payer();
  fake.script({ type: "slow-stream", everyMs: 10, chunks: 1_000 });
  const candidate = candidateOf(getModel("gpt4"));
  const answering = stream(ctx, { candidate, messages });
  await answering.next();
  await answering.next();
  await answering.return(undefined as never);
  // 3 tokens in; two words of five characters are 3 tokens out.
  expect(await paid()).toBe(180);

  const again = stream(ctx, { candidate, messages });
  let next = await again.next();
  while (!next.done) next = await again.next();
  const { charge } = next.value;
  expect(charge?.micros).toBe(540);
  const step = {
    name: "generate",
    status: "completed",
    model: "gpt4",
    provider: "openai",
    output: "",
    score: null,
    feedback: null,
    errorCode: null,
    errorMessage: null,
    simulated: false,
    inputTokens: 11,
    outputTokens: 7,
    costMicros: 540,
    latencyMs: 1,
  } as const;
  const gone = "0198c0de-0000-7000-8000-000000000000";
  await expect(recordStep(ctx, gone, step, charge)).rejects.toMatchObject({ code: expect.any(String) });
  expect(await paid()).toBe(180);
});

test("a model without a price is refused before the provider hears of it, unless the operator declared what a call costs", async () => {
  const { ask, paid, runs } = await payer();
  const model = "openai/gpt-99";
  const refusal = await ask({ model });
  expect(refusal).toMatchObject({ status: 400, body: { error: { param: "model" } } });
  expect(refusal.body.error.message).toContain("BATON_UNPRICED_CALL_CREDITS");
  expect(fake.received).toHaveLength(0);

  configure({ BATON_UNPRICED_CALL_CREDITS: "3", BATON_METER_MARKUP: "2" });
  expect((await ask({ model })).status).toBe(200);
  expect(await paid()).toBe(30_000);
  const failure = { type: "status", status: 500, body: {} } as const;
  fake.script(failure, failure);
  expect((await ask({ model })).status).toBe(503);
  expect(await paid()).toBe(30_000);
  expect(await runs()).toMatchObject([{ chargedMicros: 0 }, { chargedMicros: 30_000, costMicros: null }]);
});

test.each([
  ["the simulator answers", { OPENAI_API_KEY: "" }],
  ["nothing is metered", { BATON_METER_MODELS: "0" }],
])("it is free when %s", async (_, values) => {
  configure(values);
  const { ask, paid, runs } = await payer(0);
  expect((await ask()).status).toBe(200);
  expect(await paid()).toBe(0);
  expect(await runs()).toMatchObject([{ chargedMicros: 0, costMicros: expect.any(Number) }]);
});
