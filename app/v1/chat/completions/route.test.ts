import OpenAI from "openai";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listRuns } from "#lib/runs/service";
import { call } from "#lib/testing/call";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { GET, POST } from "./route.ts";

const path = "/v1/chat/completions";
const body = { model: "gpt-4", messages: [{ role: "user", content: "Hello" }], vendor_field: 1 };
let fake: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

test("passes the call on, answers with the provider's answer and has stored the run by then", async () => {
  const { apiKey, ctx, keyId } = await createOrganization();

  const answer = await call(POST, { apiKey, path, body });

  expect(answer).toMatchObject({ status: 200, body: { object: "chat.completion", usage: { total_tokens: 18 } } });
  expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  expect(answer.headers.get("x-ratelimit-limit")).not.toBeNull();
  expect(answer.headers.get("x-provider-secret")).toBeNull();
  expect(fake.received[0]?.body).toEqual({ ...body, model: "gpt-4-0125-preview" });
  expect(fake.received[0]?.headers.authorization).toBe("Bearer sk-openai-test");
  expect((await listRuns(ctx, { limit: 10, offset: 0 })).items).toMatchObject([
    { kind: "completion", status: "completed", model: "gpt4", costMicros: 540, apiKeyId: keyId },
  ]);
});

test("streams, and has stored the run when the stream is done", async () => {
  const { apiKey, ctx } = await createOrganization();

  const answer = await call(POST, { apiKey, path, body: { ...body, stream: true } });

  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  expect(answer.body.endsWith("data: [DONE]\n\n")).toBe(true);
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items).toMatchObject([
    { status: "completed", outputTokens: 7 },
  ]);
});

test.each([
  ["no messages", { model: "gpt4" }, "messages"],
  ["empty messages", { model: "gpt4", messages: [] }, "messages"],
  ["no model", { messages: body.messages }, "model"],
])("refuses %s in OpenAI's form", async (_, wrong, param) => {
  const { apiKey } = await createOrganization();
  const answer = await call(POST, { apiKey, path, body: wrong });
  expect(answer).toMatchObject({ status: 400, body: { error: { type: "invalid_request_error", param } } });
  expect(fake.received).toHaveLength(0);
});

test("an unknown model is 404 and stores nothing", async () => {
  const { apiKey, ctx } = await createOrganization();
  const answer = await call(POST, { apiKey, path, body: { ...body, model: "gpt-99" } });
  expect(answer).toMatchObject({ status: 404, body: { error: { message: "Model 'gpt-99' not found" } } });
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).total).toBe(0);
});

test("a provider that is down is 503, a failed run, and no more than the provider's name is told", async () => {
  const { apiKey, ctx } = await createOrganization();
  await fake.close();

  const answer = await call(POST, { apiKey, path, body });

  expect(answer).toMatchObject({
    status: 503,
    body: { error: { message: "OpenAI cannot be reached.", type: "server_error", code: "PROVIDER_ERROR" } },
  });
  expect(answer.headers.get("retry-after")).not.toBeNull();
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items).toMatchObject([
    { status: "failed", errorCode: "provider_error" },
  ]);
});

test("needs a key with agents:write", async () => {
  const { apiKey } = await createOrganization({ scopes: ["agents:read"] });
  expect((await call(POST, { apiKey, path, body })).status).toBe(403);
  expect(await call(POST, { path, body })).toMatchObject({
    status: 401,
    body: { error: { type: "authentication_error" } },
  });
  expect((await call(GET, { path })).status).toBe(405);
});

test.each(["provider", "simulator"])("OpenAI's own client works against it (%s)", async (answeredBy) => {
  if (answeredBy === "simulator") configureProviders();
  const { apiKey } = await createOrganization();
  const client = new OpenAI({
    apiKey,
    baseURL: "http://localhost:3000/v1",
    maxRetries: 0,
    fetch: (url, init) => POST(new Request(url, init)),
  });
  const messages = [{ role: "user" as const, content: "Hello" }];

  const whole = await client.chat.completions.create({ model: "gpt4", messages });
  const stream = await client.chat.completions.create({
    model: "gpt4",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let tokens = 0;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    tokens = chunk.usage?.total_tokens ?? tokens;
  }

  expect(text).toBe(whole.choices[0]?.message.content);
  expect(tokens).toBe(whole.usage?.total_tokens);
  await expect(client.chat.completions.create({ model: "gpt-99", messages })).rejects.toMatchObject({ status: 404 });
});
