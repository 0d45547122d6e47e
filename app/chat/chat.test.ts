import { createHmac } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { endIdleSessions, endSession } from "#lib/chat/sessions";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { drainQueue } from "#lib/queue/drain";
import { type Sent, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { judges, prepareProvider, says } from "#lib/testing/fake-provider";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";
import { webhookDeliveries } from "#lib/webhooks/jobs";

const provider = prepareProvider();
const receivers: WebhookReceiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});

type Made = Awaited<ReturnType<typeof createOrganization>>;

async function receive(events: string[], { apiKey }: Made, secret?: string): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver();
  receivers.push(receiver);
  const body = { url: receiver.url, events, ...(secret && { secret }) };
  expect((await send("POST /chat/v2/webhooks", { apiKey, body })).status).toBe(200);
  return receiver;
}

async function delivered(receiver: WebhookReceiver, count: number) {
  const look = async () => {
    await drainQueue(webhookDeliveries);
    return receiver.received.length;
  };
  await expect.poll(look, { timeout: 10_000 }).toBe(count);
  return receiver.received.map(({ body }) => JSON.parse(body));
}

const ask = ({ apiKey }: Made, body: object = {}) =>
  send("POST /chat/v2/chat", { apiKey, body: { message: "Why tides?", session_id: "s", ...body } });

function expectLegacy(answer: Sent, sessionId: unknown): void {
  expect(answer).toMatchObject({
    status: 200,
    body: {
      success: true,
      error: null,
      response: "Because of the moon.",
      sessionId,
      metadata: { version: "v1" },
      data: { response: "Because of the moon.", sessionId, session_id: sessionId, execution_mode: "single" },
    },
  });
  expect(answer.headers.get("deprecation")).toBe("true");
  expect(answer.headers.get("link")).toBe('</chat/v2/chat>; rel="successor-version"');
  expect(answer.body.data.metadata.processing_steps).toEqual(["route", "generate:codex", "evaluate:gpt4"]);
}

test("O6 version 1 answers in its own form, balanced, with headers that say it is deprecated", async () => {
  const { apiKey } = await createOrganization();
  provider.fake.script(says("Because of the moon."), judges(8));
  const body = { text: "Why tides?", sessionId: "old" };
  expectLegacy(await send("POST /chat/v1/chat", { apiKey, body }), "old");
});

test("O1 O6 a body with text and no message gets the answer of version 1 at the address of version 2", async () => {
  const { apiKey } = await createOrganization();
  provider.fake.script(says("Because of the moon."), judges(8));
  const answer = await send("POST /chat/v2/chat", { apiKey, body: { text: "Why tides?" } });
  expectLegacy(answer, expect.stringMatching(/^[0-9a-f-]{36}$/));

  const both = await send("POST /chat/v2/chat", { apiKey, body: { text: "x", message: "Why tides?" } });
  expect(both.body).toMatchObject({ metadata: { version: "v2" }, data: { session_id: expect.any(String) } });
  expect(both.body.response).toBeUndefined();
  expect(both.headers.has("deprecation")).toBe(false);
});

test.each([
  ["POST /chat/v1/chat", {}, "text", "Required field missing"],
  ["POST /chat/v1/chat", { message: "x" }, "text", "Required field missing"],
  ["POST /chat/v1/chat", { text: " " }, "text", "Text must not be blank"],
  ["POST /chat/v2/chat", { text: " " }, "text", "Text must not be blank"],
  ["POST /chat/v2/chat", { text: "x", sessionId: "s".repeat(129) }, "sessionId", expect.any(String)],
  ["POST /chat/v2/chat", {}, "message", "Required field missing"],
  ["POST /chat/v2/chat", { message: 7 }, "message", expect.any(String)],
])("O1 O6 %s refuses %j for its field %s", async (line, body, field, reason) => {
  const { apiKey } = await createOrganization();
  const answer = await send(line, { apiKey, body });
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { code: "VALIDATION_ERROR", details: { field, reason } } },
  });
  expect(answer.headers.has("deprecation")).toBe(line.includes("v1"));
});

test("O7 a web hook is registered, listed without its secret and deleted; nobody else sees it", async () => {
  const { apiKey } = await createOrganization();
  const body = { url: "http://127.0.0.1:9/hook", events: ["chat.completed", "session.ended"], secret: "a secret" };
  const made = await send("POST /chat/v2/webhooks", { apiKey, body });
  expect(made.body.data).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    url: body.url,
    events: body.events,
    active: true,
    created_at: expect.stringMatching(/Z$/),
  });
  const { id } = made.body.data;
  const listed = await send("GET /chat/v2/webhooks", { apiKey });
  expect(listed.body.data).toMatchObject({ count: 1, webhooks: [{ id, url: body.url }] });
  expect(listed.text).not.toContain(body.secret);

  const stranger = await createOrganization();
  expect((await send("GET /chat/v2/webhooks", { apiKey: stranger.apiKey })).body.data.count).toBe(0);
  expect((await send(`DELETE /chat/v2/webhooks/${id}`, { apiKey: stranger.apiKey })).status).toBe(404);
  expect((await send(`DELETE /chat/v2/webhooks/${id}`, { apiKey })).body.data).toEqual({ deleted: true, id });
  expect((await send(`DELETE /chat/v2/webhooks/${id}`, { apiKey })).body.error.code).toBe("NOT_FOUND");
});

test.each([
  [{ url: "http://127.0.0.1:9/hook", events: ["agent.completed"] }, "events[0]"],
  [{ url: "http://127.0.0.1:9/hook", events: [] }, "events"],
  [{ url: "http://127.0.0.1:9/hook" }, "events"],
  [{ events: ["chat.completed"] }, "url"],
  [{ url: "ftp://example.com", events: ["chat.completed"] }, "url"],
  [{ url: "nonsense", events: ["chat.completed"] }, "url"],
])("O7 refuses %j", async (body, field) => {
  const { apiKey } = await createOrganization();
  const answer = await send("POST /chat/v2/webhooks", { apiKey, body });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "VALIDATION_ERROR", details: { field } } } });
});

test("O1 O7 chat.completed is delivered, signed, with what was answered", async () => {
  const made = await createOrganization();
  const receiver = await receive(["chat.completed"], made, "a secret");
  const { body } = await ask(made, { message: `${"🌊".repeat(150)}` });
  const [payload] = await delivered(receiver, 1);
  expect(payload).toEqual({
    event: "chat.completed",
    timestamp: expect.stringMatching(/Z$/),
    data: { ...body.data, message_preview: "🌊".repeat(100) },
  });
  const [hook] = receiver.received;
  const signature = createHmac("sha256", "a secret")
    .update(hook?.body ?? "")
    .digest("hex");
  expect(hook?.headers["x-webhook-signature"]).toBe(`sha256=${signature}`);
  expect(hook?.headers["x-webhook-event"]).toBe("chat.completed");
});

test("O2 session.ended fires once for a command, and again only after the session was spoken in", async () => {
  const made = await createOrganization();
  const receiver = await receive(["session.ended"], made);
  await ask(made);
  const ended = await Promise.all([endSession(made.ctx, "s", "phone"), endSession(made.ctx, "s", "phone")]);
  expect(ended.sort()).toEqual([false, true]);
  const data = { session_id: "s", client_id: "phone", turns: 2, reason: "command" };
  expect(await delivered(receiver, 1)).toMatchObject([{ event: "session.ended", data }]);
  await ask(made);
  expect(await endSession(made.ctx, "s", "phone")).toBe(true);
  expect(await delivered(receiver, 2)).toMatchObject([{}, { data: { ...data, turns: 4 } }]);
  const events = await system.all(sql`
    select data from events where organization_id = ${made.organizationId} and type = 'session.ended'`);
  expect(events).toHaveLength(2);
});

test("O2 session.ended fires once for each time a session goes idle, however many processes look", async () => {
  const made = await createOrganization();
  const receiver = await receive(["session.ended"], made);
  await ask(made);
  const wait = (minutes: number) =>
    system.run(sql`
      update chat_sessions set last_active_at = now() - make_interval(mins => ${minutes})
      where organization_id = ${made.organizationId}`);
  await wait(29);
  await endIdleSessions();
  await wait(31);
  await Promise.all([endIdleSessions(), endIdleSessions(), endIdleSessions()]);
  const data = { session_id: "s", turns: 2, reason: "idle" };
  expect((await delivered(receiver, 1))[0].data).toEqual(data);
  await endIdleSessions();
  expect(await endSession(made.ctx, "s", "late")).toBe(false);
  await ask(made);
  await wait(31);
  await endIdleSessions();
  expect((await delivered(receiver, 2))[1].data).toEqual({ ...data, turns: 4 });
});

test("+O2 the history of a session, oldest first; unknown and foreign sessions are 404", async () => {
  const made = await createOrganization();
  const session_id = "a b/ü%20";
  provider.fake.script(says("One."), judges(8), says("Two."), judges(8));
  await ask(made, { session_id, message: "first" });
  await ask(made, { session_id, message: "second" });
  const line = `GET /chat/v2/sessions/${encodeURIComponent(session_id)}/history`;
  const { status, body } = await send(line, { apiKey: made.apiKey });
  expect(status).toBe(200);
  const said = body.data.turns.map(({ role, content }: { role: string; content: string }) => `${role}: ${content}`);
  expect(body.data.session_id).toBe(session_id);
  expect(said).toEqual(["user: first", "assistant: One.", "user: second", "assistant: Two."]);
  expect(body.data.turns[0].created_at).toMatch(/Z$/);

  const stranger = await createOrganization();
  const missing = { status: 404, body: { error: { code: "NOT_FOUND", message: "Session not found" } } };
  expect(await send(line, { apiKey: stranger.apiKey })).toMatchObject(missing);
  expect(await send("GET /chat/v2/sessions/none/history", { apiKey: made.apiKey })).toMatchObject(missing);
});

test.each([
  ["GET /chat/ws/phone/s", "/chat/v2/stream"],
  ["GET /ws/0123456789abcdef01234567", "/api/sessions/0123456789abcdef01234567/events"],
])("O2 X14 %s without an upgrade is 426 with a hint", async (line, hint) => {
  const { status, text, headers } = await send(line);
  expect(status).toBe(426);
  expect(text).toContain(hint);
  expect(headers.get("upgrade")).toBe("websocket");
});
