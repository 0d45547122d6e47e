import Anthropic from "@anthropic-ai/sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getRun, listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { POST } from "./route.ts";

const messages = [{ role: "user" as const, content: "Hello there" }];
const said = "Hello from the fake provider.";
let fake: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureProviders({
    OPENAI_API_KEY: "sk-openai-test",
    OPENAI_BASE_URL: fake.url,
    ANTHROPIC_API_KEY: "sk-ant-operator",
    ANTHROPIC_BASE_URL: fake.url,
    MODEL_TIMEOUT_SECONDS: "5",
  });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

async function caller() {
  const organization = await createOrganization();
  const client = new Anthropic({
    apiKey: organization.apiKey,
    baseURL: "http://localhost:3000",
    maxRetries: 0,
    fetch: (url, init) => POST(new Request(url, init)),
  });
  const runs = async () => (await listRuns(organization.ctx, { limit: 100, offset: 0 })).items;
  return { ...organization, client, runs };
}

test.each([
  ["Anthropic's own", "sonnet", { input_tokens: 11, output_tokens: 7 }],
  ["OpenAI's", "gpt4", { input_tokens: 11, output_tokens: 7 }],
])("Anthropic's own client works against it with %s model, whole and streamed", async (_, model, usage) => {
  const { client, runs } = await caller();

  const whole = await client.messages.create({ model, messages, max_tokens: 100, system: "Be brief." });
  expect(whole).toMatchObject({ type: "message", role: "assistant", stop_reason: "end_turn", usage });
  expect(whole.content).toEqual([{ type: "text", text: said }]);

  const streamed = await client.messages.stream({ model, messages, max_tokens: 100 }).finalMessage();
  expect(streamed.content).toMatchObject([{ type: "text", text: said }]);
  expect(streamed).toMatchObject({ stop_reason: "end_turn", usage });
  expect(await runs()).toMatchObject([
    { status: "completed", model, inputTokens: 11, outputTokens: 7 },
    { status: "completed", model, inputTokens: 11, outputTokens: 7 },
  ]);
});

test("a model of Anthropic gets the body as it is, with the operator's key in place of the caller's", async () => {
  const { apiKey } = await caller();
  const body = { model: "sonnet", max_tokens: 9, messages, thinking: { type: "disabled" }, metadata: { user_id: "u" } };
  const headers = { "x-api-key": apiKey, "anthropic-version": "2023-06-01", "anthropic-beta": "context-1m" };

  const answer = await send("POST /v1/messages", { headers, body });

  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-baton-model")).toBe("sonnet");
  const [received] = fake.received;
  expect(received).toMatchObject({ path: "/v1/messages", body: { ...body, model: "claude-sonnet-4-6" } });
  expect(received?.headers).toMatchObject({ "x-api-key": "sk-ant-operator", "anthropic-beta": "context-1m" });
  expect(JSON.stringify(received?.headers)).not.toContain(apiKey);
});

test("x-api-key opens /v1/messages and no other path of /v1", async () => {
  const { apiKey } = await caller();
  const headers = { "x-api-key": apiKey };
  const count = await send("POST /v1/messages/count_tokens", { headers, body: { model: "gpt4", messages } });
  expect(count).toMatchObject({ status: 200, body: { input_tokens: 3 } });
  expect((await send("GET /v1/models", { headers })).status).toBe(401);
});

test("tools, their results, pictures and stop sequences are translated for other providers, and tool calls back", async () => {
  const { client } = await caller();
  const call = {
    index: 0,
    id: "call_1",
    type: "function",
    function: { name: "weather", arguments: '{"city":"Oslo"}' },
  };
  const scripted = { type: "completion" as const, toolCalls: [call] };
  fake.script(scripted, scripted);
  const request = {
    model: "gpt4",
    max_tokens: 50,
    system: [{ type: "text" as const, text: "Be exact." }],
    stop_sequences: ["END"],
    tools: [{ name: "weather", description: "Tells it", input_schema: { type: "object" as const, properties: {} } }],
    tool_choice: { type: "any" as const, disable_parallel_tool_use: true },
    messages: [
      { role: "user" as const, content: "And in Oslo?" },
      {
        role: "assistant" as const,
        content: [{ type: "tool_use" as const, id: "t1", name: "weather", input: { a: 1 } }],
      },
      {
        role: "user" as const,
        content: [
          { type: "tool_result" as const, tool_use_id: "t1", content: "rain", is_error: true },
          { type: "text" as const, text: "Look:" },
          {
            type: "image" as const,
            source: { type: "base64" as const, media_type: "image/png" as const, data: "aGk=" },
          },
        ],
      },
    ],
  };

  const whole = await client.messages.create(request);
  const streamed = await client.messages.stream(request).finalMessage();

  const toolUse = { type: "tool_use", id: "call_1", name: "weather", input: { city: "Oslo" } };
  expect(whole).toMatchObject({ stop_reason: "tool_use", content: [toolUse] });
  expect(streamed).toMatchObject({ stop_reason: "tool_use", content: [toolUse] });
  expect(fake.received[0]?.body).toEqual({
    model: "gpt-4-0125-preview",
    max_completion_tokens: 50,
    stop: ["END"],
    messages: [
      { role: "system", content: "Be exact." },
      { role: "user", content: "And in Oslo?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "t1", type: "function", function: { name: "weather", arguments: '{"a":1}' } }],
      },
      { role: "tool", tool_call_id: "t1", content: "Error: rain" },
      {
        role: "user",
        content: [
          { type: "text", text: "Look:" },
          { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } },
        ],
      },
    ],
    tools: [
      { type: "function", function: { name: "weather", description: "Tells it", parameters: expect.anything() } },
    ],
    tool_choice: "required",
    parallel_tool_calls: false,
  });
});

test("the simulator and baton/refine answer Anthropic's client too", async () => {
  configureProviders();
  const { client, runs, ctx } = await caller();
  const simulated = await client.messages.create({ model: "opus", messages, max_tokens: 100 });
  expect(simulated).toMatchObject({ simulated: true, model: "opus" });

  const baton = { max_rounds: 1 };
  const request = { model: "baton/refine", messages, max_tokens: 100, baton };
  const whole = await client.messages.create(request);
  const streamed = await client.messages.stream(request).finalMessage();
  expect(whole.content).toEqual(streamed.content);
  expect(whole.content[0]).toMatchObject({ type: "text", text: expect.stringContaining("Simulated answer") });
  const [last] = await runs();
  const { steps } = await getRun(ctx, last?.id ?? "");
  const sum = steps.reduce((total, { outputTokens }) => total + outputTokens, 0);
  expect(streamed.usage.output_tokens).toBe(sum);
  expect(last).toMatchObject({ kind: "completion", strategy: "refine", status: "completed" });
});

test.each([
  ["an unknown model", { model: "gpt-99" }, 404, "not_found_error"],
  ["an unknown team", { model: "baton/team:nobody" }, 404, "not_found_error"],
  ["no max_tokens", { max_tokens: undefined }, 400, "invalid_request_error"],
  [
    "a tool that Anthropic runs itself",
    { tools: [{ type: "web_search_20250305", name: "web_search" }] },
    400,
    "invalid_request_error",
  ],
  [
    "a document for another provider",
    { messages: [{ role: "user", content: [{ type: "document" }] }] },
    400,
    "invalid_request_error",
  ],
  [
    "tools for an orchestration",
    { model: "baton/refine", tools: [{ name: "a", input_schema: {} }] },
    400,
    "invalid_request_error",
  ],
  ["a NUL", { messages: [{ role: "user", content: "a\u0000b" }] }, 400, "invalid_request_error"],
] as const)("%s is refused in Anthropic's form", async (_, wrong, status, type) => {
  const { apiKey } = await caller();
  const body = { model: "gpt4", max_tokens: 10, messages, ...wrong };
  const answer = await send("POST /v1/messages", { apiKey, body });
  expect(answer).toMatchObject({ status, body: { type: "error", error: { type, message: expect.any(String) } } });
  expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
  expect(fake.received).toHaveLength(0);
});

test("without credentials 401, and a refusal of another provider comes in Anthropic's form with its words", async () => {
  const { apiKey } = await caller();
  const body = { model: "gpt4", max_tokens: 10, messages };
  expect(await send("POST /v1/messages", { body })).toMatchObject({
    status: 401,
    body: { type: "error", error: { type: "authentication_error" } },
  });
  fake.script({ type: "status", status: 400, body: { error: { message: "context too long" } } });
  expect(await send("POST /v1/messages", { apiKey, body })).toMatchObject({
    status: 400,
    body: { type: "error", error: { type: "invalid_request_error", message: "context too long" } },
  });
});

test.each(["sonnet", "gpt4"])(
  "a stream of %s that is cut anywhere ends in a whole answer or a clean error, and in one run",
  async (model) => {
    const { apiKey, runs } = await caller();
    const body = { model, max_tokens: 100, messages, stream: true };
    let isWhole = false;
    for (let cutAfter = 0; !isWhole && cutAfter < 30; cutAfter++) {
      // A call that works in between keeps the provider from being given a pause.
      await send("POST /v1/messages", { apiKey, body: { ...body, stream: false } });
      fake.script({ type: "completion", cutAfter });
      const before = (await runs()).length;
      const { status, text } = await send("POST /v1/messages", { apiKey, body });
      expect(status).toBe(200);
      const types = [...text.matchAll(/^event: (\w+)$/gm)].map(([, type]) => type);
      const hasEnded = types.at(-1) === "message_stop";
      expect(hasEnded || types.at(-1) === "error", `${cutAfter}: ${types}`).toBe(true);
      const [last, ...older] = await runs();
      expect(older).toHaveLength(before);
      expect(last?.status).toBe(hasEnded ? "completed" : "failed");
      const words = [...text.matchAll(/"text_delta","text":"([^"]*)"/g)].map(([, word]) => word).join("");
      if (hasEnded) expect(words).toBe(said);
      else expect(said.startsWith(words)).toBe(true);
      isWhole = hasEnded && cutAfter > 1;
    }
    expect(isWhole).toBe(true);
  },
);

test("a reader who leaves ends the provider's work, through the translation too", async () => {
  const { apiKey, runs } = await caller();
  fake.script({ type: "slow-stream", everyMs: 20, chunks: 1_000 });
  const body = JSON.stringify({ model: "gpt4", max_tokens: 100, messages, stream: true });
  const headers = { "x-api-key": apiKey, "content-type": "application/json" };
  const response = await POST(new Request("http://localhost:3000/v1/messages", { method: "POST", headers, body }));
  const reader = response.body?.getReader();
  for (let piece = 0; piece < 6; piece++) await reader?.read();
  await reader?.cancel();

  await vi.waitFor(() => expect(fake.received[0]?.wasAborted).toBe(true));
  await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: "cancelled" }]));
});
