import { afterEach, beforeEach, expect, test } from "vitest";
import { generate } from "#lib/models/gateway";
import { findCandidate } from "#lib/models/service";
import { execute } from "#lib/runs/execute";
import { getRun, startRun } from "#lib/runs/service";
import { single } from "#lib/runs/strategies/single";
import { send } from "#lib/testing/client";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { createDesk } from "#lib/testing/work-desk";

let fake: FakeOpenAI;
beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureProviders({ OPENAI_BASE_URL: fake.url, BATON_METER_MODELS: "1" });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

const messages = [{ role: "user" as const, content: "Hello there" }];
const signal = new AbortController().signal;

/** A desk with an account that has a credential, and how its programs call a model. */
async function deskWithAccount(credits = 100) {
  const desk = await createDesk();
  const credential = "sk-pool-account-1";
  await desk.post("/api/accounts", { account_name: "Pool 1", platform: "chatgpt", credential });
  await desk.patch("/api/accounts/1", { credits_available: credits });
  const ask = (extra: object = {}) =>
    send("POST /v1/chat/completions", { apiKey: desk.apiKey, body: { model: "gpt4", messages, ...extra } });
  const isSimulated = async () => (await findCandidate("gpt4", desk)).provider === null;
  const balance = async () => (await send("GET /api/credits/balance", { apiKey: desk.apiKey })).body;
  return { ...desk, ask, isSimulated, balance };
}

test("P10 calls of the gateway go by the best account's credential, are charged to nobody, and draw its credits", async () => {
  const desk = await deskWithAccount();
  const before = await desk.balance();
  expect((await desk.ask()).status).toBe(200);
  expect((await desk.ask({ stream: true })).status).toBe(200);
  expect(fake.received.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill("Bearer sk-pool-account-1"));
  // 18 tokens each: one credit is begun by each call.
  expect(await desk.accountNamed("Pool 1")).toMatchObject({ credits_available: 98, status: "available" });
  expect(await desk.balance()).toEqual(before);
});

test("P10 the steps of a run draw on the account too, in their own transaction", async () => {
  const desk = await deskWithAccount();
  const candidate = await findCandidate("gpt4", desk);
  const { id } = await startRun(desk.ctx, { kind: "chat", strategy: "single", model: null, input: null });
  const task = {
    ctx: desk.ctx,
    instructions: "",
    messages,
    candidates: [candidate],
    signal,
    deadline: Date.now() + 5_000,
  };
  await execute(desk.ctx, id, single(task), signal);
  expect((await getRun(desk.ctx, id)).steps).toMatchObject([{ status: "completed", inputTokens: 11 }]);
  expect(await desk.accountNamed("Pool 1")).toMatchObject({ credits_available: 99 });
});

test("an account that is used up, blocked or without its credential answers no more; the next one does", async () => {
  const desk = await deskWithAccount(1);
  expect((await desk.ask()).status).toBe(200);
  expect(await desk.accountNamed("Pool 1")).toMatchObject({ credits_available: 0, status: "exhausted" });
  await expect.poll(desk.isSimulated).toBe(true);

  await desk.post("/api/accounts", { account_name: "Pool 2", platform: "chatgpt", credential: "sk-pool-account-2" });
  await expect.poll(desk.isSimulated).toBe(false);
  const candidate = await findCandidate("gpt4", desk);
  await generate(desk.ctx, { candidate, messages });
  expect(fake.received.at(-1)?.headers.authorization).toBe("Bearer sk-pool-account-2");
  await desk.patch("/api/accounts/2", { status: "blocked" });
  await expect.poll(desk.isSimulated).toBe(true);
});

test("a key that was set for the provider goes before the pool, and another organization has nothing of it", async () => {
  const desk = await deskWithAccount();
  await send("POST /api/provider-keys", {
    apiKey: desk.apiKey,
    body: { provider: "openai", key: "sk-own-0123456789abcdef" },
  });
  await expect.poll(async () => (await findCandidate("gpt4", desk)).provider?.apiKey).toBe("sk-own-0123456789abcdef");
  expect((await findCandidate("gpt4", await createDesk())).provider).toBeNull();
});
