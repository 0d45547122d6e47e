import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemContext } from "#lib/context";
import { generate, stream } from "#lib/models/gateway";
import { candidateOf, getModel } from "#lib/models/service";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

const ctx = systemContext("00000000-0000-7000-8000-000000000000");
const key = "sk-operator-0123456789abcdef";
const messages = [{ role: "user" as const, content: "Hello" }];
let fake: FakeOpenAI;

function configure(values: Record<string, string> = {}): void {
  configureProviders({ OPENAI_API_KEY: key, OPENAI_BASE_URL: fake.url, MODEL_TIMEOUT_SECONDS: "5", ...values });
}

beforeEach(async () => {
  fake = await startFakeOpenAI();
  configure();
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

const ask = (model = "gpt4", signal?: AbortSignal) =>
  generate(ctx, {
    candidate: candidateOf(getModel(model)),
    instructions: "Be brief.",
    messages,
    ...(signal ? { signal } : {}),
  });

test("an answer comes with its tokens, cost and time", async () => {
  const answer = await ask();

  expect(answer).toMatchObject({
    text: "Hello from the fake provider.",
    model: "gpt4",
    provider: "openai",
    inputTokens: 11,
    outputTokens: 7,
    costMicros: 540,
    simulated: false,
    finishReason: "stop",
  });
  expect(fake.received[0]?.body).toMatchObject({ model: "gpt-4-0125-preview" });
  expect(fake.received[0]?.text).toContain("Be brief.");
});

test("Anthropic's models are asked in Anthropic's own form", async () => {
  configure({ ANTHROPIC_API_KEY: "sk-ant-test", ANTHROPIC_BASE_URL: fake.url });

  expect(await ask("sonnet")).toMatchObject({
    provider: "anthropic",
    inputTokens: 11,
    outputTokens: 7,
    costMicros: 138,
  });
  expect(fake.received[0]).toMatchObject({ path: "/v1/messages", headers: { "x-api-key": "sk-ant-test" } });
});

test("Ollama needs no key, lives under /v1 and costs nothing", async () => {
  configureProviders({ OLLAMA_BASE_URL: fake.url.replace("/v1", "") });

  expect(await ask("ollama/llama3.2")).toMatchObject({ provider: "ollama", costMicros: 0 });
  expect(fake.received[0]).toMatchObject({ path: "/v1/chat/completions", body: { model: "llama3.2" } });
  expect(fake.received[0]?.headers.authorization).toBeUndefined();
});

test("a model whose price nobody knows costs an unknown amount, not nothing", async () => {
  expect(await ask("openai/gpt-4o-mini")).toMatchObject({ model: "openai/gpt-4o-mini", costMicros: null });
});

test.each([429, 500, 503])("a passing failure (%s) is tried once more", async (status) => {
  fake.script({ type: "status", status, body: { error: { message: "later" } } });
  expect((await ask()).text).toBe("Hello from the fake provider.");
  expect(fake.received).toHaveLength(2);
});

test.each([
  ["429 twice", { type: "status", status: 429, body: { error: { message: "slow down" } } }],
  ["500 twice", { type: "status", status: 500, body: { error: { message: "boom" } } }],
  ["nonsense", { type: "raw", body: "<html>", contentType: "text/html" }],
  ["JSON that is no completion", { type: "raw", body: "{}" }],
  ["the operator's key refused", { type: "status", status: 401, body: { error: { message: `bad ${key}` } } }],
] as const)("unavailable, naming the provider: %s", async (_, script) => {
  fake.script(script, script);
  const failure = await ask().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "unavailable", reason: "PROVIDER_ERROR" });
  expect(failure).toHaveProperty("message", expect.stringMatching(/^OpenAI /));
  // Neither the caller nor the log may see the key, nor the log the prompt.
  expect(JSON.stringify([failure, String(failure), (failure as Error).cause])).not.toContain(key);
  expect((failure as Error).cause).not.toHaveProperty("requestBodyValues");
});

test("unavailable when the provider is down", async () => {
  await fake.close();
  await expect(ask()).rejects.toMatchObject({ code: "unavailable", message: "OpenAI cannot be reached." });
});

test("what the provider says is wrong with the request reaches the caller", async () => {
  fake.script({
    type: "status",
    status: 400,
    body: { error: { message: "context too long", type: "invalid_request_error" } },
  });
  await expect(ask()).rejects.toMatchObject({ code: "validation", message: "OpenAI: context too long" });
  expect(fake.received).toHaveLength(1);
});

test("a silent provider is a timeout", async () => {
  configure({ MODEL_TIMEOUT_SECONDS: "0.2" });
  fake.script({ type: "silence" });
  await expect(ask()).rejects.toMatchObject({ code: "timeout" });
});

test("an abort of the caller ends the call and comes back as what it is", async () => {
  fake.script({ type: "silence" });
  const caller = new AbortController();
  const asking = ask("gpt4", caller.signal);
  await vi.waitFor(() => expect(fake.received).toHaveLength(1));
  caller.abort(new Error("gone"));
  await expect(asking).rejects.toThrow("gone");
  await vi.waitFor(() => expect(fake.received[0]?.wasAborted).toBe(true));
});

test.each(["gpt4", "k2p5"])("a stream's pieces together are its answer (%s)", async (model) => {
  configure({ KIMI_API_KEY: "sk-kimi-test", KIMI_BASE_URL: fake.url });
  const pieces: string[] = [];
  const answering = stream(ctx, { candidate: candidateOf(getModel(model)), messages });
  let next = await answering.next();
  for (; !next.done; next = await answering.next()) pieces.push(next.value);

  expect(pieces.length).toBeGreaterThan(1);
  expect(next.value.text).toBe(pieces.join(""));
  expect(next.value).toMatchObject({ text: "Hello from the fake provider.", inputTokens: 11, outputTokens: 7 });
});

test("5.10 the simulator answers for a model without a key, marked", async () => {
  configureProviders();
  const answer = await ask("opus");
  expect(answer).toMatchObject({ model: "opus", provider: "anthropic", simulated: true });
  expect(answer.latencyMs).toBeGreaterThanOrEqual(190);
});
