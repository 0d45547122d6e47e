import { expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { openThread } from "#lib/testing/orchestrations";

const naive = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/;
const unknown = "0123456789abcdef01234567";
const notFound = (thing: string) => ({ status: 404, body: { detail: `${thing} not found`, status_code: 404 } });

async function create(apiKey: string, body: object = { user_id: "user-1" }) {
  return send("POST /api/sessions/", { apiKey, body });
}

test("X1 opens a session with the document's defaults, with and without the slash", async () => {
  const { apiKey } = await createOrganization();
  for (const path of ["/api/sessions/", "/api/sessions", "/api/api/sessions/"]) {
    const { status, body } = await send(`POST ${path}`, { apiKey, body: { user_id: "user-1" } });
    expect(status).toBe(201);
    expect(body).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      user_id: "user-1",
      session_start: expect.stringMatching(naive),
      session_end: null,
      max_iterations: 5,
      status: "active",
      total_cost: 0,
      settings: { preferred_models: [], cost_limit: 10 },
      created_at: expect.stringMatching(naive),
      updated_at: expect.stringMatching(naive),
    });
  }
});

test("X1 takes settings; aliases become the models' own names; null means no cost limit", async () => {
  const { apiKey } = await createOrganization();
  const settings = { preferred_models: ["gpt-4", "claude", "gpt4"], cost_limit: null };
  const { body } = await create(apiKey, { user_id: "ü".repeat(200), max_iterations: 20, settings });
  expect(body).toMatchObject({
    max_iterations: 20,
    settings: { preferred_models: ["gpt4", "claude"], cost_limit: null },
  });
});

test.each([
  ["user_id", { user_id: "" }],
  ["user_id", { user_id: "x".repeat(201) }],
  ["user_id", { user_id: 7 }],
  ["max_iterations", { user_id: "u", max_iterations: 0 }],
  ["max_iterations", { user_id: "u", max_iterations: 21 }],
  ["max_iterations", { user_id: "u", max_iterations: 1.5 }],
  ["settings.cost_limit", { user_id: "u", settings: { cost_limit: 0 } }],
  ["settings.preferred_models[1]", { user_id: "u", settings: { preferred_models: ["gpt4", "gpt9"] } }],
])("X1 422 names the field %s", async (field, body) => {
  const { apiKey } = await createOrganization();
  const answer = await create(apiKey, body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ detail: expect.any(String), status_code: 422, errors: [{ field }] });
});

test("K1 the body says which document a POST speaks, and without its fields the slash does", async () => {
  const { apiKey } = await createOrganization();
  const post = (path: string, body: unknown) => send(`POST ${path}`, { apiKey, body });
  const work = await post("/api/sessions/", { project_id: 1, account_id: 1, user_id: "u" });
  expect(work.body).toMatchObject({ success: false, error: expect.any(String) });
  expect((await post("/api/sessions", { project_id: 1 })).body).toMatchObject({ success: false });
  expect((await post("/api/sessions", { account_id: 1 })).body).toMatchObject({ success: false });
  expect(await post("/api/sessions/", {})).toMatchObject({ status: 422, body: { status_code: 422 } });
  const bare = await post("/api/sessions", {});
  expect(bare).toMatchObject({ status: 400, body: { success: false } });
  expect(bare.body).not.toHaveProperty("detail");
});

test("K1 errors before the family is known carry both frames; GET is document 000's list", async () => {
  const { apiKey } = await createOrganization();
  const both = (status: number) => ({
    status,
    body: { success: false, error: expect.any(String), detail: expect.any(String), status_code: status },
  });
  expect(await send("POST /api/sessions/", { body: { user_id: "u" } })).toMatchObject(both(401));
  expect(await send("POST /api/sessions", { apiKey, body: "{" })).toMatchObject(both(400));
  const large = JSON.stringify({ user_id: "x".repeat(5 * 1024 * 1024) });
  expect(await send("POST /api/sessions", { apiKey, body: large })).toMatchObject(both(413));
  for (const path of ["/api/sessions", "/api/sessions/"])
    expect(await send(`GET ${path}`, { apiKey })).toMatchObject({ status: 200, body: { success: true } });
});

test("K2 24 hex characters are document 002's id, shorter whole numbers 000's, and everything else is unknown", async () => {
  const { apiKey } = await createOrganization();
  const { body } = await create(apiKey);
  expect(await send(`GET /api/sessions/${body._id}`, { apiKey })).toMatchObject({ status: 200, body });
  expect(await send(`GET /api/sessions/${body._id}/`, { apiKey })).toMatchObject({ status: 200, body });
  for (const id of [
    "123456789012345678901234",
    unknown,
    unknown.toUpperCase(),
    "nonsense",
    "12345678901234567890",
    "%00",
  ])
    expect(await send(`GET /api/sessions/${id}`, { apiKey }), id).toMatchObject(notFound("Session"));
  expect(await send("GET /api/sessions/12345", { apiKey })).toMatchObject({ status: 404, body: { success: false } });
});

test("X3 lists a user's sessions, newest first; an unknown user has none", async () => {
  const [{ apiKey }, other] = [await createOrganization(), await createOrganization()];
  const user = "someone@example.com/with ünusual signs";
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) ids.unshift((await create(apiKey, { user_id: user })).body._id);
  await create(other.apiKey, { user_id: user });
  const { status, body } = await send(`GET /api/sessions/user/${encodeURIComponent(user)}`, { apiKey });
  expect(status).toBe(200);
  expect(body.map(({ _id }: { _id: string }) => _id)).toEqual(ids);
  expect((await send("GET /api/sessions/user/nobody/", { apiKey })).body).toEqual([]);
});

test("X4 pauses, resumes and ends a session; what is over stays so", async () => {
  const { apiKey } = await createOrganization();
  const { sessionId, threadId } = await openThread(apiKey);
  const change = (status: unknown) => send(`PATCH /api/sessions/${sessionId}/status`, { apiKey, body: { status } });
  const begin = () => send("POST /api/orchestration/start", { apiKey, body: { thread_id: threadId } });

  expect(await change("paused")).toMatchObject({ status: 200, body: { status: "paused", session_end: null } });
  expect(await begin()).toMatchObject({
    status: 400,
    body: { status_code: 400, detail: expect.stringContaining("paused") },
  });
  expect(await change("active")).toMatchObject({ status: 200, body: { status: "active" } });
  for (const wrong of ["done", "", null, 1, undefined])
    expect(await change(wrong)).toMatchObject({ status: 422, body: { errors: [{ field: "status" }] } });
  expect(await change("completed")).toMatchObject({ status: 200, body: { session_end: expect.stringMatching(naive) } });
  expect(await change("active")).toMatchObject({ status: 400, body: { status_code: 400 } });
  expect(await begin()).toMatchObject({ status: 400 });
  const thread = { session_id: sessionId, original_prompt: "More?" };
  expect(await send("POST /api/threads/", { apiKey, body: thread })).toMatchObject({ status: 400 });
});

test("X5 X6 X7 threads of a session, oldest first", async () => {
  const { apiKey } = await createOrganization();
  const { sessionId, threadId } = await openThread(apiKey);
  const body = { session_id: sessionId, original_prompt: "Write a sort.", domain: "coding", context: "In Rust." };
  const second = await send("POST /api/threads/", { apiKey, body });
  expect(second.status).toBe(201);
  expect(second.body).toEqual({
    _id: expect.stringMatching(/^[0-9a-f]{24}$/),
    ...body,
    status: "open",
    best_response: null,
    best_score: null,
    total_cost: 0,
    created_at: expect.stringMatching(naive),
    updated_at: expect.stringMatching(naive),
  });
  const listed = await send(`GET /api/threads/session/${sessionId}`, { apiKey });
  expect(listed.body.map(({ _id }: { _id: string }) => _id)).toEqual([threadId, second.body._id]);
  expect(listed.body[0]).toMatchObject({ domain: "general", context: null });
  expect((await send(`GET /api/threads/${threadId}`, { apiKey })).body).toMatchObject({ orchestrations: [] });
});

test.each([
  ["original_prompt", { original_prompt: "  \n" }],
  ["original_prompt", { original_prompt: "x".repeat(200_001) }],
  ["original_prompt", {}],
  ["domain", { original_prompt: "x", domain: "" }],
])("X5 422 names the field %s", async (field, fields) => {
  const { apiKey } = await createOrganization();
  const { sessionId } = await openThread(apiKey);
  const answer = await send("POST /api/threads/", { apiKey, body: { session_id: sessionId, ...fields } });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});

test("X2-X13 another organization's ids, unknown and malformed ones are 404 alike", async () => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()];
  const { sessionId, threadId } = await openThread(theirs.apiKey);
  const { apiKey } = mine;
  const cases: [string, string, object?][] = [
    ["Session", "GET /api/sessions/"],
    ["Session", "PATCH /api/sessions/{id}/status", { status: "paused" }],
    ["Session", "GET /api/sessions/{id}/events"],
    ["Session", "GET /api/threads/session/"],
    ["Session", "GET /api/analytics/session/"],
    ["Thread", "GET /api/threads/"],
    ["Orchestration", "GET /api/orchestration/status/"],
    ["Orchestration", "POST /api/orchestration/cancel/"],
  ];
  for (const [thing, line, body] of cases)
    for (const id of [thing === "Thread" ? threadId : sessionId, unknown, "nonsense"]) {
      const path = line.includes("{id}") ? line.replace("{id}", id) : `${line}${id}`;
      expect(await send(path, { apiKey, ...(body && { body }) }), path).toMatchObject(notFound(thing));
    }
  const thread = (session_id: string) => ({ session_id, original_prompt: "x" });
  for (const id of [sessionId, unknown, "nonsense"])
    expect(await send("POST /api/threads/", { apiKey, body: thread(id) })).toMatchObject(notFound("Session"));
  for (const id of [threadId, unknown, "nonsense"])
    expect(await send("POST /api/orchestration/start", { apiKey, body: { thread_id: id } })).toMatchObject(
      notFound("Thread"),
    );
});
