import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CompletionOutcome } from "#lib/models/completion";
import { forwardCompletion } from "#lib/models/passthrough";
import { ChatCompletionRequest } from "#lib/models/schema";
import { candidateOf, getModel } from "#lib/models/service";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

const key = "sk-operator-0123456789abcdef";
const messages = [{ role: "user", content: "Hello there" }];
let fake: FakeOpenAI;
let outcomes: CompletionOutcome[];

beforeEach(async () => {
  fake = await startFakeOpenAI();
  outcomes = [];
  configureProviders({ OPENAI_API_KEY: key, OPENAI_BASE_URL: fake.url, MODEL_TIMEOUT_SECONDS: "2" });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

type Extra = { signal?: AbortSignal; record?: (outcome: CompletionOutcome) => Promise<void> };

function forward(body: Record<string, unknown>, extra: Extra = {}): Promise<Response> {
  const sent = { model: "gpt4", messages, ...body };
  return forwardCompletion({
    candidate: candidateOf(getModel(sent.model)),
    body: ChatCompletionRequest.parse(sent),
    rawBody: JSON.stringify(sent),
    signal: extra.signal ?? new AbortController().signal,
    record: extra.record ?? (async (outcome) => void outcomes.push(outcome)),
  });
}

function datasOf(text: string): string[] {
  return text
    .split("\n\n")
    .filter(Boolean)
    .map((event) => event.replace(/^data: /, ""));
}

test("a call reaches the provider with its model's own id and everything else untouched", async () => {
  const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }];
  const extra = {
    tools,
    tool_choice: "auto",
    response_format: { type: "json_object" },
    unknown_field: { a: [1, null] },
  };

  const response = await forward(extra);

  expect(fake.received[0]).toMatchObject({
    method: "POST",
    path: "/v1/chat/completions",
    body: { model: "gpt-4-0125-preview", messages, ...extra },
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: "Hello from the fake provider." } }] });
  expect(outcomes).toEqual([
    expect.objectContaining({
      status: "completed",
      model: "gpt4",
      provider: "openai",
      simulated: false,
      inputTokens: 11,
      outputTokens: 7,
      costMicros: 540,
      errorCode: null,
    }),
  ]);
});

test("the answer is given only after its record is stored", async () => {
  let store: () => void = () => undefined;
  const stored = new Promise<void>((resolve) => {
    store = resolve;
  });
  const answered = vi.fn();
  const answering = forward({}, { record: () => stored }).then(answered);

  await vi.waitFor(() => expect(fake.received).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answered).not.toHaveBeenCalled();
  store();
  await answering;
  expect(answered).toHaveBeenCalled();
});

test("only the content type of the provider's headers comes back", async () => {
  const response = await forward({});
  expect([...response.headers.keys()]).toEqual(["content-type"]);
});

test("tool calls come back as the provider made them", async () => {
  const toolCalls = [{ index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: '{"a":1}' } }];
  fake.script({ type: "completion", toolCalls }, { type: "completion", toolCalls });

  expect(await (await forward({})).json()).toMatchObject({ choices: [{ message: { tool_calls: toolCalls } }] });
  expect(await (await forward({ stream: true })).text()).toContain(JSON.stringify({ tool_calls: toolCalls }));
});

test("a stream comes through event by event, without the usage chunk that only Baton asked for", async () => {
  const response = await forward({ stream: true });
  const datas = datasOf(await response.text());

  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(fake.received[0]?.body.stream_options).toEqual({ include_usage: true });
  expect(datas.at(-1)).toBe("[DONE]");
  const chunks = datas.slice(0, -1).map((data) => JSON.parse(data));
  const text = chunks.map((chunk) => chunk.choices[0].delta.content ?? "").join("");
  expect(text).toBe("Hello from the fake provider.");
  expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
  expect(outcomes).toMatchObject([{ status: "completed", inputTokens: 11, outputTokens: 7, costMicros: 540 }]);
});

test("the usage chunk stays when the caller asked for it", async () => {
  const datas = datasOf(await (await forward({ stream: true, stream_options: { include_usage: true } })).text());
  expect(JSON.parse(datas.at(-2) ?? "")).toMatchObject({ choices: [], usage: { total_tokens: 18 } });
});

test("[DONE] goes out only after the record is stored", async () => {
  let store: () => void = () => undefined;
  const stored = new Promise<void>((resolve) => {
    store = resolve;
  });
  const response = await forward({ stream: true }, { record: () => stored });
  let text = "";
  const reading = (async () => {
    for await (const part of response.body ?? []) text += Buffer.from(part).toString();
  })();

  await vi.waitFor(() => expect(text).toContain('"finish_reason":"stop"'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(text).not.toContain("[DONE]");
  store();
  await reading;
  expect(text).toContain("[DONE]");
});

test("a provider that counts nothing is estimated by characters", async () => {
  fake.script({ type: "completion", usage: false }, { type: "completion", usage: false });
  await forward({});
  await (await forward({ stream: true })).text();

  expect(outcomes).toMatchObject([
    { inputTokens: 3, outputTokens: 8 },
    { inputTokens: 3, outputTokens: 8 },
  ]);
});

test("a refusal keeps the provider's status and words, but never the operator's key", async () => {
  const error = { message: `max_tokens is too large for ${key}`, type: "invalid_request_error", param: "max_tokens" };
  fake.script({ type: "status", status: 400, body: { error } });

  const response = await forward({ max_tokens: 1e9 });

  expect(response.status).toBe(400);
  const text = await response.text();
  expect(JSON.parse(text).error).toMatchObject({ type: "invalid_request_error", param: "max_tokens" });
  expect(text).not.toContain(key);
  expect(outcomes).toMatchObject([{ status: "failed", errorCode: "provider_refused", inputTokens: 0 }]);
});

test.each([
  ["a failure of the provider", { type: "status", status: 500, body: { error: { message: "boom" } } }],
  ["the operator's key refused", { type: "status", status: 401, body: { error: { message: `bad key ${key}` } } }],
  ["an answer that is no JSON", { type: "raw", body: "<html>gateway</html>", contentType: "text/html" }],
  ["an answer that is no completion", { type: "raw", body: '{"hello":"world"}' }],
  ["a redirect", { type: "raw", body: "", status: 302 }],
] as const)("503 and a failed step for %s", async (_, script) => {
  fake.script(script);

  const failure = await forward({}).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: "unavailable", reason: "PROVIDER_ERROR" });
  expect(failure).toHaveProperty("message", expect.stringMatching(/^OpenAI /));
  expect(String(failure)).not.toContain(key);
  expect(outcomes).toMatchObject([{ status: "failed", errorCode: "provider_error" }]);
});

test("503 for a stream that is none", async () => {
  fake.script({ type: "raw", body: "<html></html>", contentType: "text/html" });
  await expect(forward({ stream: true })).rejects.toMatchObject({ code: "unavailable" });
  expect(outcomes).toMatchObject([{ status: "failed" }]);
});

test("503 when the provider is down", async () => {
  await fake.close();
  await expect(forward({})).rejects.toMatchObject({ code: "unavailable" });
  expect(outcomes).toMatchObject([{ status: "failed" }]);
});

test.each([false, true])("504 when the provider keeps silent (stream: %s)", async (stream) => {
  configureProviders({ OPENAI_API_KEY: key, OPENAI_BASE_URL: fake.url, MODEL_TIMEOUT_SECONDS: "0.2" });
  fake.script({ type: "silence" });

  await expect(forward({ stream })).rejects.toMatchObject({ code: "timeout", reason: "PROVIDER_TIMEOUT" });
  expect(outcomes).toMatchObject([{ status: "failed", errorCode: "provider_timeout" }]);
});

test("a stream that is cut ends with an error event after whole events, and is stored as failed with what was used", async () => {
  fake.script({ type: "cut", after: 4 });

  const datas = datasOf(await (await forward({ stream: true })).text());

  expect(datas).toHaveLength(5);
  expect(JSON.parse(datas[4] ?? "")).toMatchObject({ error: { type: "server_error", code: "PROVIDER_ERROR" } });
  expect(outcomes).toMatchObject([{ status: "failed", inputTokens: 3, outputTokens: 5, costMicros: 240 }]);
});

test("503 for a stream that is cut before its first event", async () => {
  fake.script({ type: "cut", after: 0 });
  await expect(forward({ stream: true })).rejects.toMatchObject({ code: "unavailable" });
  expect(outcomes).toMatchObject([{ status: "failed" }]);
});

test("a reader who leaves ends the provider's work; what was used is stored as cancelled", async () => {
  fake.script({ type: "slow-stream", everyMs: 20, chunks: 1_000 });
  const response = await forward({ stream: true });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();

  await vi.waitFor(() => expect(fake.received[0]?.wasAborted).toBe(true));
  await vi.waitFor(() => expect(outcomes).toHaveLength(1));
  expect(outcomes[0]).toMatchObject({ status: "cancelled", inputTokens: 3 });
  expect(outcomes[0]?.outputTokens).toBeGreaterThan(0);
});

test.each([false, true])("a caller whose request aborts ends the provider's work (stream: %s)", async (stream) => {
  fake.script(stream ? { type: "slow-stream", everyMs: 20, chunks: 1_000 } : { type: "silence" });
  const caller = new AbortController();
  const answering = forward({ stream }, { signal: caller.signal }).then((response) => response.text());

  await vi.waitFor(() => expect(fake.received).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 60));
  caller.abort();
  await answering;

  await vi.waitFor(() => expect(fake.received[0]?.wasAborted).toBe(true));
  expect(outcomes).toMatchObject([{ status: "cancelled" }]);
});

test("a connection serves the next stream as well", async () => {
  for (let index = 0; index < 5; index++) await (await forward({ stream: true })).text();
  const ports = new Set(fake.received.map((received) => received.remotePort));
  expect(ports.size).toBeLessThanOrEqual(2);
});

test("5.10 without a key the simulator answers in OpenAI's form, marked", async () => {
  configureProviders();
  const answer = await (await forward({})).json();
  expect(answer).toMatchObject({
    object: "chat.completion",
    model: "gpt4",
    simulated: true,
    choices: [{ message: { role: "assistant", content: expect.stringContaining("simulator") }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3 },
  });

  const datas = datasOf(await (await forward({ stream: true, stream_options: { include_usage: true } })).text());
  const chunks = datas.slice(0, -1).map((data) => JSON.parse(data));
  expect(datas.at(-1)).toBe("[DONE]");
  expect(chunks.every((chunk) => chunk.simulated === true && chunk.object === "chat.completion.chunk")).toBe(true);
  const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
  expect(text).toBe(answer.choices[0].message.content);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: answer.usage });
  expect(outcomes).toMatchObject([
    { status: "completed", simulated: true },
    { status: "completed", simulated: true },
  ]);
});
