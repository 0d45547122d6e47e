import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { env, provideEnvironment } from "#lib/env";
import { createKey } from "#lib/keys/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { createAppForHooks, publish, registerHook } from "#lib/testing/webhook-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";

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

test("C18 an app holds at most 50 web hooks, and they go with it", async () => {
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
  expect((await call(`DELETE /api/agent-apps/${own.appId}`, undefined, own.apiKey)).status).toBe(200);
  const left = await system.all(sql`select id from webhook_endpoints where organization_id = ${own.organizationId}`);
  expect(left).toEqual([]);
});
