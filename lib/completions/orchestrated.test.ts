import OpenAI from "openai";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { findFaults } from "#lib/ledger/verify";
import { getRun, listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, type Script, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { POST } from "../../app/v1/chat/completions/route.ts";

const path = "/v1/chat/completions";
const messages = [{ role: "user" as const, content: "Why are there tides?" }];
let fake: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureProviders({
    OPENAI_API_KEY: "sk-openai-test",
    OPENAI_BASE_URL: fake.url,
    MODEL_TIMEOUT_SECONDS: "5",
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
  const client = new OpenAI({
    apiKey,
    baseURL: "http://localhost:3000/v1",
    maxRetries: 0,
    fetch: (url, init) => POST(new Request(url, init)),
  });
  const ask = (body: Record<string, unknown>) => send(`POST ${path}`, { apiKey, body: { messages, ...body } });
  const last = async () => {
    const [run] = (await listRuns(ctx, { limit: 1, offset: 0 })).items;
    return getRun(ctx, run?.id ?? "");
  };
  return { ...organization, client, ask, last };
}
const says = (text: string): Script => ({ type: "completion", text });
const judges = (score: number) => says(JSON.stringify({ score, feedback: "more" }));

test("OpenAI's own client gets the answer of baton/refine, whole and streamed, with the tokens of all steps", async () => {
  const { client, last } = await caller();
  fake.script(says("Weak."), judges(4), says("Because of the moon."), judges(9.5));
  const whole = await client.chat.completions.create({ model: "baton/refine", messages });
  expect(whole.choices).toMatchObject([{ message: { content: "Because of the moon." }, finish_reason: "stop" }]);
  // Four calls of 11 and 7 tokens.
  expect(whole.usage).toEqual({ prompt_tokens: 44, completion_tokens: 28, total_tokens: 72 });

  fake.script(says("Because of the moon."), judges(9.5));
  const request = { model: "baton/refine", messages, stream: true, stream_options: { include_usage: true } } as const;
  let text = "";
  let total = 0;
  for await (const chunk of await client.chat.completions.create(request)) {
    text += chunk.choices[0]?.delta.content ?? "";
    total = chunk.usage?.total_tokens ?? total;
  }
  expect(text).toBe("Because of the moon.");
  expect(total).toBe(36);
  expect(await last()).toMatchObject({ kind: "completion", strategy: "refine", status: "completed", output: text });
});

test.each([
  ["baton/debate", "debate", 4],
  ["baton/team:coding-team", "team", 4],
  ["baton/team:research-team", "team", 3],
  ["baton/team:creative-team", "team", 3],
])("%s runs its strategy, and its steps are charged one by one", async (model, strategy, least) => {
  const { ask, last, organizationId } = await caller();
  const { status, body, headers } = await ask({ model });
  expect(status).toBe(200);
  const run = await last();
  expect(run).toMatchObject({
    kind: "completion",
    strategy,
    status: "completed",
    output: body.choices[0].message.content,
  });
  expect(body.baton).toMatchObject({ run_id: run.id, steps: run.steps.length });
  expect(headers.get("x-baton-model")).toBe(body.model);
  expect(run.steps.length).toBeGreaterThanOrEqual(least);
  const charged = run.steps.reduce((sum, { chargedMicros }) => sum + chargedMicros, 0);
  expect(charged).toBeGreaterThan(0);
  expect(run.chargedMicros).toBe(charged);
  expect(await findFaults(60, organizationId)).toEqual([]);
  const { available } = await system.one<{ available: number }>(sql`
    select available_micros as available from organizations where id = ${organizationId}`);
  expect(250_000 - available).toBe(charged);
});

test("rounds, threshold and models can be set", async () => {
  const { ask, last } = await caller();
  fake.script(says("One."), judges(5), says("Two."), judges(5), says("Three."), judges(5));
  await ask({ model: "baton/refine", baton: { max_rounds: 2, threshold: 9, models: ["gpt4"] } });
  const { steps } = await last();
  expect(steps.map(({ name, model }) => `${name}:${model}`)).toEqual([
    "generate:gpt4",
    "evaluate:gpt4",
    "generate:gpt4",
    "evaluate:gpt4",
  ]);
});

test("while rounds run the stream is kept alive with comments, and [DONE] comes once the run is stored", async () => {
  const { ask, last } = await caller();
  fake.script(says("Weak."), judges(4), says("Better."), judges(9.5));
  const { text } = await ask({ model: "baton/refine", stream: true });
  expect(text).toContain(": working\n\n");
  expect(text.indexOf('"role":"assistant"')).toBeLessThan(text.indexOf(": working"));
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  expect((await last()).status).toBe("completed");
});

test("a caller who leaves has the run cancelled within a second, and the provider's work ended", async () => {
  const { apiKey, last } = await caller();
  fake.script(says("Weak."), { type: "silence" });
  const body = JSON.stringify({ model: "baton/refine", messages, stream: true });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const response = await POST(new Request(`http://localhost:3000${path}`, { method: "POST", headers, body }));
  const reader = response.body?.getReader();
  await reader?.read();
  await vi.waitFor(() => expect(fake.received).toHaveLength(2));
  const left = performance.now();
  await reader?.cancel();
  await vi.waitFor(async () => expect((await last()).status).toBe("cancelled"));
  expect(performance.now() - left).toBeLessThan(1_000);
  await vi.waitFor(() => expect(fake.received[1]?.wasAborted).toBe(true));
});

test.each([false, true])(
  "a failure of the first call is an ordinary error and a failed run (stream: %s)",
  async (stream) => {
    const { ask, last } = await caller();
    await fake.close();
    expect(await ask({ model: "baton/refine", stream })).toMatchObject({
      status: 503,
      body: { error: { code: "PROVIDER_ERROR" } },
    });
    expect((await last()).status).toBe("failed");
  },
);

test.each([
  ["an unknown team", { model: "baton/team:nobody" }, 404, null],
  ["an unknown name", { model: "baton/everything" }, 404, null],
  ["tools", { model: "baton/refine", tools: [{ type: "function" }] }, 400, "tools"],
  ["several choices", { model: "baton/refine", n: 2 }, 400, "n"],
  [
    "a picture",
    { model: "baton/refine", messages: [{ role: "user", content: [{ type: "image_url" }] }] },
    400,
    "messages[0].content",
  ],
  ["an unknown model to answer", { model: "baton/refine", baton: { models: ["gpt-99"] } }, 404, null],
  ["too many rounds", { model: "baton/refine", baton: { max_rounds: 99 } }, 400, "baton.max_rounds"],
])("%s is refused before anybody is asked", async (_, wrong, status, param) => {
  const { ask, ctx } = await caller();
  const refused = await ask(wrong);
  expect(refused.status).toBe(status);
  if (param) expect(refused.body.error.param).toBe(param);
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).total).toBe(0);
});

test("baton/auto passes the request on to a model for its subject, tools and all", async () => {
  const { ask, last } = await caller();
  const tools = [{ type: "function", function: { name: "run" } }];
  const code = await ask({
    model: "baton/auto",
    messages: [{ role: "user", content: "Debug this Python function" }],
    max_tokens: 50,
    tools,
  });
  expect(code.headers.get("x-baton-model")).toBe("codex");
  expect(fake.received[0]?.body).toMatchObject({ model: "o3", tools });
  const analysis = await ask({
    model: "baton/auto",
    messages: [{ role: "user", content: "Compare the risks" }],
    max_tokens: 50,
  });
  expect(analysis.headers.get("x-baton-model")).toBe("gpt4");
  expect(await last()).toMatchObject({ strategy: "passthrough", model: "gpt4", status: "completed" });
});

test("/v1/models lists Baton's own and retrieves them by name", async () => {
  const { apiKey } = await caller();
  const { body } = await send("GET /v1/models", { apiKey });
  const own = body.data
    .filter(({ owned_by }: { owned_by: string }) => owned_by === "baton")
    .map(({ id }: { id: string }) => id);
  expect(own).toEqual([
    "baton/auto",
    "baton/refine",
    "baton/debate",
    "baton/team:coding-team",
    "baton/team:research-team",
    "baton/team:creative-team",
  ]);
  expect(await send("GET /v1/models/baton/team:coding-team", { apiKey })).toMatchObject({
    status: 200,
    body: { owned_by: "baton" },
  });
  expect((await send("GET /v1/models/baton/nothing", { apiKey })).status).toBe(404);
});
