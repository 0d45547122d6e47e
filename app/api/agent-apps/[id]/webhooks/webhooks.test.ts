import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { env, provideEnvironment } from "#lib/env";
import { createKey } from "#lib/keys/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { createAppForHooks, deliverUntil, publish, registerHook } from "#lib/testing/webhook-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";
import { deleteWebhooksOf } from "#lib/webhooks/service";

let receiver: WebhookReceiver;
let made: Awaited<ReturnType<typeof createAppForHooks>>;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
  made = await createAppForHooks();
});
afterAll(() => receiver.close());

const call = (line: string, body?: unknown, apiKey = made.apiKey) =>
  send(line, { apiKey, ...(body !== undefined && { body }) });
const body = () => ({ url: receiver.url, events: ["deployment.completed", "deployment.failed"] });

test("C34 registers a web hook; the secret that was given is sealed, audited as existing, and in no answer", async () => {
  const secret = "s3cret-of-the-receiver";
  const answer = await call(`POST ${made.path}`, { ...body(), secret, description: "CI" });
  expect(answer).toMatchObject({ status: 201, body: { webhook: { ...body(), active: true, signed: true } } });
  const { id, created_at } = answer.body.webhook;
  expect(Date.parse(created_at)).toBeGreaterThan(Date.now() - 60_000);
  const stored = await system.one<{ row: string; audit: string }>(sql`
    select e::text as row, (select details::text from audit_entries where resource_id = e.id::text) as audit
    from webhook_endpoints e where id = ${id}`);
  const shown = [answer.text, (await call(`GET ${made.path}`)).text, (await call(`GET ${made.path}/${id}`)).text];
  for (const text of [...shown, stored.row, stored.audit]) expect(text).not.toContain(secret);
  expect(JSON.parse(stored.audit)).toMatchObject({ created: receiver.url, signed: true });
});

test("C34 a secret that is made here is shown once; a rotation shows the new one once and says how long the old one signs", async () => {
  const { id, secret = "" } = await registerHook(made, receiver, { generate_secret: true });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect((await call(`GET ${made.path}/${id}`)).text).not.toContain(secret);
  const rotated = await call(`POST ${made.path}/${id}/secret`, { overlap_hours: 2 });
  expect(rotated).toMatchObject({ status: 200, body: { webhook: { id, secret: expect.stringMatching(/^whsec_/) } } });
  expect(rotated.body.webhook.secret).not.toBe(secret);
  const hours = (Date.parse(rotated.body.webhook.previous_secret_expires_at) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(1.9);
  expect(hours).toBeLessThan(2.1);
  const own = await call(`POST ${made.path}/${id}/secret`, { secret: "mine", overlap_hours: 0 });
  expect(own.body.webhook).toEqual({ id, previous_secret_expires_at: null });
  expect(await call(`POST ${made.path}/${id}/secret`, { overlap_hours: 169 })).toMatchObject({
    status: 400,
    body: { details: { overlap_hours: "Must be 0 to 168" } },
  });
});

test("C33 lists the web hooks of one app, newest first, in parts when asked", async () => {
  const own = await createAppForHooks();
  const first = await registerHook(own, receiver);
  const second = await registerHook(own, receiver);
  const list = await call(`GET ${own.path}`, undefined, own.apiKey);
  expect(list.body.webhooks).toMatchObject([{ id: second.id }, { id: first.id, url: receiver.url, active: true }]);
  const part = await call(`GET ${own.path}?limit=1&offset=1`, undefined, own.apiKey);
  expect(part.body.webhooks.map(({ id }: { id: string }) => id)).toEqual([first.id]);
});

test("C35 deletes a web hook with its log; a second time, and for one of another app, it is 404", async () => {
  const { id } = await registerHook(made, receiver);
  const second = await call("POST /api/agent-apps", { name: "Second" });
  const elsewhere = `/api/agent-apps/${second.body.app.id}/webhooks/${id}`;
  expect(await call(`DELETE ${elsewhere}`)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
  const [deliveryId] = await publish(made);
  expect(await call(`DELETE ${made.path}/${id}`)).toMatchObject({
    status: 200,
    body: { message: "Webhook deleted successfully" },
  });
  expect(await call(`DELETE ${made.path}/${id}`)).toMatchObject({ status: 404 });
  const left = await system.all(sql`select id from webhook_deliveries where endpoint_id = ${id}`);
  expect(left).toEqual([]);
  expect(deliveryId).toBeDefined();
});

const wrong: [string, object, string][] = [
  ["no url", { events: ["deployment.failed"] }, "url"],
  ["no events", { url: "https://example.com/" }, "events"],
  ["empty events", { url: "https://example.com/", events: [] }, "events"],
  ["an event of another register", { url: "https://example.com/", events: ["agent.completed"] }, "events[0]"],
  ["a file", { url: "file:///etc/passwd", events: ["deployment.failed"] }, "url"],
  ["credentials", { url: "https://user:pass@example.com/", events: ["deployment.failed"] }, "url"],
  ["a long secret", { url: "https://example.com/", events: ["deployment.failed"], secret: "x".repeat(257) }, "secret"],
  ["a broken whsec_", { url: "https://example.com/", events: ["deployment.failed"], secret: "whsec_!" }, "secret"],
  [
    "a rate of 0",
    { url: "https://example.com/", events: ["deployment.failed"], rate_per_minute: 0 },
    "rate_per_minute",
  ],
];
test.each(wrong)("C34 refuses %s", async (_, input, field) => {
  expect(await call(`POST ${made.path}`, input)).toMatchObject({
    status: 400,
    body: { code: "VALIDATION_ERROR", details: { [field]: expect.any(String) } },
  });
});

test("README 5.9 private addresses are refused at registration and change; a name that does not resolve is taken", async () => {
  const { id } = await registerHook(made, receiver);
  const before = { WEBHOOK_ALLOW_PRIVATE: env().WEBHOOK_ALLOW_PRIVATE ? "1" : "0" };
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "0" });
  try {
    for (const url of [
      receiver.url,
      "http://2130706433/",
      "http://[::ffff:10.0.0.1]/",
      "http://localhost/",
      "http://169.254.169.254/",
    ]) {
      const refused = { status: 400, body: { code: "VALIDATION_ERROR", details: { url: expect.any(String) } } };
      expect(await call(`POST ${made.path}`, { ...body(), url }), url).toMatchObject(refused);
      expect(await call(`PATCH ${made.path}/${id}`, { url }), url).toMatchObject(refused);
    }
    const unknown = await call(`POST ${made.path}`, { ...body(), url: "https://not-there-yet.invalid/hook" });
    expect(unknown.status, unknown.text).toBe(201);
  } finally {
    provideEnvironment(before);
  }
});

test("PATCH changes what is given and switches off and on; unknown fields change nothing", async () => {
  const { id } = await registerHook(made, receiver);
  const change = { events: ["deployment.queued", "deployment.queued"], description: "Only queued", rate_per_minute: 5 };
  const changed = await call(`PATCH ${made.path}/${id}`, { ...change, id: "x" });
  expect(changed).toMatchObject({
    status: 200,
    body: {
      webhook: { id, url: receiver.url, events: ["deployment.queued"], description: "Only queued", rate_per_minute: 5 },
    },
  });
  const off = await call(`PATCH ${made.path}/${id}`, { active: false });
  expect(off.body.webhook).toMatchObject({ active: false, disabled_reason: "manual", description: "Only queued" });
  expect(await call(`POST ${made.path}/${id}/test`)).toMatchObject({ status: 409, body: { code: "WEBHOOK_INACTIVE" } });
  expect((await call(`PATCH ${made.path}/${id}`, { active: true })).body.webhook.disabled_reason).toBeNull();
});

test("a test event arrives at one web hook; the log shows what was sent, what came back, and how long it took", async () => {
  const own = await createAppForHooks();
  const { id, secret } = await registerHook(own, receiver, { events: ["deployment.queued"], generate_secret: true });
  await registerHook(own, receiver);
  receiver.answerWith({
    type: "status",
    status: 200,
    body: `ok\0${"x".repeat(20_000)}`,
    headers: { "x-served-by": "me" },
  });
  const sent = await call(`POST ${own.path}/${id}/test`, undefined, own.apiKey);
  expect(sent).toMatchObject({
    status: 202,
    body: { delivery: { event: "webhook.test", status: "pending", attempts: 0 } },
  });
  const deliveryId = sent.body.delivery.id as string;
  await deliverUntil(deliveryId, { status: "delivered" });
  const { body: details, text } = await call(`GET ${own.path}/${id}/deliveries/${deliveryId}`, undefined, own.apiKey);
  const arrived = receiver.received.filter(({ headers }) => headers["webhook-id"] === deliveryId);
  expect(arrived).toHaveLength(1);
  expect(details.delivery).toMatchObject({
    status: "delivered",
    attempts: 1,
    next_attempt_at: null,
    payload: arrived[0]?.body,
  });
  const [attempt] = details.delivery.attempt_log;
  expect(attempt).toMatchObject({
    number: 1,
    manual: false,
    request_headers: { "x-webhook-event": "webhook.test", "webhook-id": deliveryId },
    response_status: 200,
    response_headers: { "x-served-by": "me" },
    error: null,
  });
  expect(attempt.response_body).toHaveLength(8_192);
  expect(attempt.response_body.startsWith("ok\uFFFDxxx")).toBe(true);
  expect(attempt.latency_ms).toBeLessThan(5_000);
  expect(text).not.toContain(secret);
  receiver.answerWith({ type: "status", status: 204 });
});

test("deliveries are listed newest first, by state and event, and in parts", async () => {
  const own = await createAppForHooks();
  const { id } = await registerHook(own, receiver);
  const [first = ""] = await publish(own, "deployment.queued");
  const [second = ""] = await publish(own, "deployment.completed");
  for (const one of [first, second]) await deliverUntil(one, { status: "delivered" });
  const list = async (query: string) =>
    (await call(`GET ${own.path}/${id}/deliveries${query}`, undefined, own.apiKey)).body;
  const ids = async (query: string) => (await list(query)).deliveries.map((one: { id: string }) => one.id);
  expect(await ids("")).toEqual([second, first]);
  expect(await list("?limit=1")).toMatchObject({ deliveries: [{ id: second }], has_more: true });
  expect(await list("?limit=1&offset=1")).toMatchObject({ deliveries: [{ id: first }], has_more: false });
  expect(await ids("?event=deployment.queued")).toEqual([first]);
  expect(await ids("?status=failed")).toEqual([]);
  const bad = await call(`GET ${own.path}/${id}/deliveries?status=lost`, undefined, own.apiKey);
  expect(bad).toMatchObject({ status: 400, body: { details: { status: expect.any(String) } } });
});

test("replay is a new attempt under the same delivery id; what arrived is only sent again when that is confirmed", async () => {
  const own = await createAppForHooks();
  const { id } = await registerHook(own, receiver);
  const [deliveryId = ""] = await publish(own);
  await deliverUntil(deliveryId, { status: "delivered", attempts: 1 });
  const replay = (input: object) => call(`POST ${own.path}/${id}/deliveries/${deliveryId}/replay`, input, own.apiKey);
  expect(await replay({})).toMatchObject({ status: 409, body: { code: "CONFIRMATION_NEEDED" } });
  expect(await replay({ confirm: true })).toMatchObject({ status: 202, body: { delivery: { id: deliveryId } } });
  await deliverUntil(deliveryId, { status: "delivered", attempts: 2, tries: 1 });
  receiver.answerWith({ type: "status", status: 500 });
  expect(await replay({ confirm: true })).toMatchObject({ status: 202 });
  await deliverUntil(deliveryId, { status: "delivered", attempts: 3, responseStatus: 500 });
  receiver.answerWith({ type: "status", status: 204 });
  const arrived = receiver.received.filter(({ headers }) => headers["webhook-id"] === deliveryId);
  expect(arrived).toHaveLength(3);
  expect(new Set(arrived.map((hook) => hook.body)).size).toBe(1);
  const { body: details } = await call(`GET ${own.path}/${id}/deliveries/${deliveryId}`, undefined, own.apiKey);
  const log = details.delivery.attempt_log.map((one: { number: number; manual: boolean }) => [one.number, one.manual]);
  expect(log).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ]);
});

test("a failed delivery is sent again by hand, or all that failed since a time", async () => {
  const own = await createAppForHooks();
  const { id } = await registerHook(own, receiver);
  const made = [...(await publish(own)), ...(await publish(own)), ...(await publish(own))];
  await Promise.all(made.map((one) => deliverUntil(one, { status: "delivered" })));
  await system.run(sql`
    update webhook_deliveries set status = 'failed', tries = 1 where endpoint_id = ${id} and id = any(${made.slice(0, 2)})`);
  const [failed = ""] = made;
  expect(await call(`POST ${own.path}/${id}/deliveries/${failed}/replay`, {}, own.apiKey)).toMatchObject({
    status: 202,
  });
  await deliverUntil(failed, { status: "delivered", attempts: 2 });
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const all = await call(`POST ${own.path}/${id}/deliveries/replay`, { since }, own.apiKey);
  expect(all).toMatchObject({ status: 202, body: { replayed: 1 } });
  await deliverUntil(made[1] ?? "", { status: "delivered", attempts: 2 });
  expect(await call(`POST ${own.path}/${id}/deliveries/replay`, { since: "yesterday" }, own.apiKey)).toMatchObject({
    status: 400,
    body: { details: { since: expect.any(String) } },
  });
});

test("C33–C35 what belongs to another organization, or is no id, does not exist", async () => {
  const { id } = await registerHook(made, receiver);
  const [deliveryId = ""] = await publish(made);
  const { apiKey } = await createOrganization();
  const unknown = crypto.randomUUID();
  const lines = (path: string, hook: string, delivery: string) => [
    `GET ${path}`,
    `POST ${path}`,
    `GET ${path}/${hook}`,
    `PATCH ${path}/${hook}`,
    `DELETE ${path}/${hook}`,
    `POST ${path}/${hook}/test`,
    `POST ${path}/${hook}/secret`,
    `GET ${path}/${hook}/deliveries`,
    `POST ${path}/${hook}/deliveries/replay`,
    `GET ${path}/${hook}/deliveries/${delivery}`,
    `POST ${path}/${hook}/deliveries/${delivery}/replay`,
  ];
  const input = { ...body(), since: new Date().toISOString() };
  const expectUnknown = async (line: string, key: string) => {
    const answer = await call(line, line.startsWith("GET") ? undefined : input, key);
    expect(answer, line).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
  };
  for (const line of lines(made.path, id, deliveryId)) await expectUnknown(line, apiKey);
  for (const line of lines(made.path, unknown, deliveryId).slice(2)) await expectUnknown(line, made.apiKey);
  for (const line of lines(made.path, "x", "y").slice(2)) await expectUnknown(line, made.apiKey);
  for (const line of lines(made.path, id, unknown).slice(9)) await expectUnknown(line, made.apiKey);
  expect(await system.one(sql`select active from webhook_endpoints where id = ${id}`)).toEqual({ active: true });
});

test("README 5.2 reading needs agents:read, everything else admin:write", async () => {
  const reader = await createKey(made.ctx, { name: "Reads", scopes: ["agents:read", "agents:write"] });
  const { id } = await registerHook(made, receiver);
  expect((await call(`GET ${made.path}`, undefined, reader.apiKey.key)).status).toBe(200);
  expect((await call(`GET ${made.path}/${id}/deliveries`, undefined, reader.apiKey.key)).status).toBe(200);
  for (const line of [`POST ${made.path}`, `PATCH ${made.path}/${id}`, `POST ${made.path}/${id}/secret`])
    expect(await call(line, body(), reader.apiKey.key), line).toMatchObject({
      status: 403,
      body: { code: "INSUFFICIENT_SCOPE" },
    });
});

test("an app holds at most 50 web hooks, and they go with it", async () => {
  const own = await createAppForHooks();
  const { id } = await registerHook(own, receiver);
  await system.run(sql`
    insert into webhook_endpoints (id, organization_id, scope_type, scope_id, url, events)
    select gen_random_uuid(), organization_id, scope_type, scope_id, url, events
    from webhook_endpoints, generate_series(1, 49) where id = ${id}`);
  expect(await call(`POST ${own.path}`, body(), own.apiKey)).toMatchObject({
    status: 409,
    body: { code: "TOO_MANY_WEBHOOKS" },
  });
  const scope = { type: "agent_app", id: own.appId } as const;
  expect(await transaction(own.ctx, (tx) => deleteWebhooksOf(tx, own.ctx, scope))).toBe(50);
  expect((await call(`GET ${own.path}`, undefined, own.apiKey)).body).toEqual({ webhooks: [] });
});
