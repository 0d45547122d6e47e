import { expect, test, vi } from "vitest";
import { RequestRefused } from "#lib/models/refusal";
import {
  configureOpenAI,
  datasOf,
  heldRecord,
  messages,
  operatorKey,
  preparePassthrough,
} from "#lib/testing/passthrough-fixture";
import { configureProviders } from "#lib/testing/provider-environment";

const { fixture, forward } = preparePassthrough();

test("a call reaches the provider with its model's own id and everything else untouched", async () => {
  const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }];
  const extra = {
    tools,
    tool_choice: "auto",
    response_format: { type: "json_object" },
    unknown_field: { a: [1, null] },
  };

  const response = await forward(extra);

  expect(fixture.fake.received[0]).toMatchObject({
    method: "POST",
    path: "/v1/chat/completions",
    body: { model: "gpt-4-0125-preview", messages, ...extra },
    headers: { authorization: `Bearer ${operatorKey}`, "content-type": "application/json" },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: "Hello from the fake provider." } }] });
  expect(fixture.outcomes).toEqual([
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
  const { record, store } = heldRecord();
  const answered = vi.fn();
  const answering = forward({}, { record }).then(answered);

  await vi.waitFor(() => expect(fixture.fake.received).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answered).not.toHaveBeenCalled();
  store();
  await answering;
  expect(answered).toHaveBeenCalled();
});

test("only the content type of the provider's headers comes back, and who answered", async () => {
  const response = await forward({});
  expect([...response.headers.keys()]).toEqual(["content-type", "x-baton-model"]);
});

test("tool calls come back as the provider made them", async () => {
  const toolCalls = [{ index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: '{"a":1}' } }];
  fixture.fake.script({ type: "completion", toolCalls }, { type: "completion", toolCalls });

  expect(await (await forward({})).json()).toMatchObject({ choices: [{ message: { tool_calls: toolCalls } }] });
  expect(await (await forward({ stream: true })).text()).toContain(JSON.stringify({ tool_calls: toolCalls }));
});

test("a provider that counts nothing is estimated by characters", async () => {
  fixture.fake.script({ type: "completion", usage: false }, { type: "completion", usage: false });
  await forward({});
  await (await forward({ stream: true })).text();

  expect(fixture.outcomes).toMatchObject([
    { inputTokens: 3, outputTokens: 8 },
    { inputTokens: 3, outputTokens: 8 },
  ]);
});

test("a refusal keeps the provider's status and words, but never the operator's key", async () => {
  const error = {
    message: `max_tokens is too large for ${operatorKey}`,
    type: "invalid_request_error",
    param: "max_tokens",
  };
  fixture.fake.script({ type: "status", status: 400, body: { error } });

  const refused = await forward({ max_tokens: 1e9 }).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(RequestRefused);
  const response = (refused as RequestRefused).toResponse({});
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(JSON.parse(text).error).toMatchObject({ type: "invalid_request_error", param: "max_tokens" });
  expect(text).not.toContain(operatorKey);
  expect(fixture.outcomes).toEqual([]);
});

test.each([
  ["a failure of the provider", { type: "status", status: 500, body: { error: { message: "boom" } } }],
  [
    "the operator's key refused",
    { type: "status", status: 401, body: { error: { message: `bad key ${operatorKey}` } } },
  ],
  ["an answer that is no JSON", { type: "raw", body: "<html>gateway</html>", contentType: "text/html" }],
  ["an answer that is no completion", { type: "raw", body: '{"hello":"world"}' }],
  ["a redirect", { type: "raw", body: "", status: 302 }],
] as const)("503 for %s; whoever asked for the call records it", async (_, script) => {
  fixture.fake.script(script, script);

  const failure = await forward({}).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: "unavailable", reason: "PROVIDER_ERROR" });
  expect(failure).toHaveProperty("message", expect.stringMatching(/^OpenAI /));
  expect(String(failure)).not.toContain(operatorKey);
  expect(fixture.outcomes).toEqual([]);
});

test("503 when the provider is down", async () => {
  await fixture.fake.close();
  await expect(forward({})).rejects.toMatchObject({ code: "unavailable" });
  expect(fixture.outcomes).toEqual([]);
});

test.each([false, true])("504 when the provider keeps silent (stream: %s)", async (stream) => {
  configureOpenAI(fixture.fake, "0.2");
  fixture.fake.script({ type: "silence" });

  await expect(forward({ stream })).rejects.toMatchObject({ code: "timeout", reason: "PROVIDER_TIMEOUT" });
  expect(fixture.outcomes).toEqual([]);
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
  expect(fixture.outcomes).toMatchObject([
    { status: "completed", simulated: true },
    { status: "completed", simulated: true },
  ]);
});
