import { expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { fakeForEach, openThread, statusOf, workOff } from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();
fakeForEach();

test("X8 of 30 starts at the same moment ten are taken, over all sessions of the user; room comes back when they end", async () => {
  const { apiKey } = await createOrganization();
  const threads = [await openThread(apiKey), await openThread(apiKey), await openThread(apiKey)];
  const begin = (index: number) =>
    send("POST /api/orchestration/start", { apiKey, body: { thread_id: threads[index % 3]?.threadId } });

  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => begin(index)));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(20);
  expect(refused[0]).toMatchObject({ body: { status_code: 429, detail: expect.stringContaining("10") } });
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  const other = await openThread(apiKey, { session: { user_id: "user-2" } });
  expect((await send("POST /api/orchestration/start", { apiKey, body: { thread_id: other.threadId } })).status).toBe(
    201,
  );
  const id = answers.find(({ status }) => status === 201)?.body._id;
  await send(`POST /api/orchestration/cancel/${id}`, { apiKey });
  expect((await begin(0)).status).toBe(201);
  expect((await begin(0)).status).toBe(429);
  await workOff();
  expect((await begin(0)).status).toBe(201);
});

test.each([
  ["thread_id", { thread_id: undefined }],
  ["prompt", { prompt: "  " }],
  ["settings.max_iterations", { settings: { max_iterations: 0 } }],
  ["settings.max_iterations", { settings: { max_iterations: 21 } }],
  ["settings.evaluation_threshold", { settings: { evaluation_threshold: 10.1 } }],
  ["settings.evaluation_threshold", { settings: { evaluation_threshold: -1 } }],
  ["settings.preferred_models[0]", { settings: { preferred_models: ["gpt9"] } }],
])("X8 422 names the field %s", async (field, fields) => {
  const { apiKey } = await createOrganization();
  const { threadId } = await openThread(apiKey);
  const body = { thread_id: threadId, ...fields };
  const answer = await send("POST /api/orchestration/start", { apiKey, body });
  expect(answer).toMatchObject({ status: 422, body: { status_code: 422, errors: [{ field }] } });
});

test("X8 what is not sent is as thread and session say; what is sent wins; a retry with the same key starts nothing", async () => {
  const { apiKey } = await createOrganization();
  const session = { max_iterations: 3, settings: { preferred_models: ["codex", "gpt-4"] } };
  const { threadId, sessionId } = await openThread(apiKey, { session });
  const begin = (fields: object, headers = {}) =>
    send("POST /api/orchestration/start", { apiKey, headers, body: { thread_id: threadId, ...fields } });
  const first = await begin({});
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({
    orchestration_id: first.body._id,
    thread_id: threadId,
    session_id: sessionId,
    prompt: "Why are there tides?",
    settings: { max_iterations: 3, preferred_models: ["codex", "gpt4"], evaluation_threshold: 8 },
    results: [],
    final_response: null,
    stop_reason: null,
    completed_at: null,
  });
  const key = { "idempotency-key": "once" };
  const settings = { max_iterations: 1, preferred_models: ["gpt-4"], evaluation_threshold: 0 };
  const second = await begin({ prompt: "And waves?", settings }, key);
  expect(second.body).toMatchObject({ prompt: "And waves?", settings: { ...settings, preferred_models: ["gpt4"] } });
  const again = await begin({ prompt: "And waves?", settings }, key);
  expect(again.body).toEqual(second.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  await workOff();
  const { body: thread } = await send(`GET /api/threads/${threadId}`, { apiKey });
  expect(thread.orchestrations).toHaveLength(2);
  expect((await statusOf(apiKey, second.body._id)).results[0]).toMatchObject({ model_name: "gpt4" });
});
