import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { drainQueue } from "#lib/queue/drain";
import { send } from "#lib/testing/client";
import { createAppForHooks, deliverUntil, passTime, publish, registerHook } from "#lib/testing/webhook-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";
import { deliver, webhookDeliveries } from "#lib/webhooks/jobs";
import { attemptsMax, retryAt } from "#lib/webhooks/schedule";
import { maintainWebhooks, publishWebhook } from "#lib/webhooks/service";

let receiver: WebhookReceiver;
let made: Awaited<ReturnType<typeof createAppForHooks>>;
// A receiver for each test: what others left to be retried must not arrive here.
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  made = await createAppForHooks();
});
afterEach(() => receiver.close());

const of = (deliveryId: string) => receiver.received.filter(({ headers }) => headers["webhook-id"] === deliveryId);
const rowOf = (deliveryId: string) =>
  system.one<{ payload: string; nextAttemptAt: string | null }>(sql`
    select payload, next_attempt_at from webhook_deliveries where id = ${deliveryId}`);
const hookOf = async (id: string) =>
  (await send(`GET ${made.path}/${id}`, { apiKey: made.apiKey })).body.webhook as Record<string, unknown>;

test("README 5.9 a delivery carries the contract's headers and the standard ones, both signing the exact bytes", async () => {
  const { id, secret = "" } = await registerHook(made, receiver, { generate_secret: true });
  const [deliveryId = ""] = await publish(made, "deployment.completed", {
    version: "1.2.0",
    s3_url: null,
    note: "äöü 🚀",
  });
  await deliverUntil(deliveryId, { status: "delivered", attempts: 1, responseStatus: 204 });
  const [hook] = of(deliveryId);
  if (!hook) throw new Error("Nothing arrived.");
  expect(hook.body).toBe((await rowOf(deliveryId)).payload);
  expect(JSON.parse(hook.body)).toEqual({
    event: "deployment.completed",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    data: { version: "1.2.0", s3_url: null, note: "äöü 🚀", agent_app_id: made.appId },
  });
  expect(hook.headers).toMatchObject({
    "content-type": "application/json",
    "x-webhook-event": "deployment.completed",
    "x-webhook-id": id,
    "x-webhook-delivery": deliveryId,
    "x-webhook-timestamp": expect.stringMatching(/^\d{10}$/),
    "x-webhook-signature": `sha256=${createHmac("sha256", secret).update(hook.body).digest("hex")}`,
  });
  const headers = hook.headers as Record<string, string>;
  expect(new Webhook(secret).verify(hook.body, headers)).toMatchObject({ event: "deployment.completed" });
  const altered = hook.body.replace("1.2.0", "9.9.9");
  expect(() => new Webhook(secret).verify(altered, headers)).toThrow("No matching signature");
});

test("README 5.9 a secret of any text signs with its bytes; without a secret nothing is signed", async () => {
  await registerHook(made, receiver, { secret: "my plain secret" });
  const unsigned = await registerHook(made, receiver);
  const ids = await publish(made);
  expect(ids).toHaveLength(2);
  for (const id of ids) await deliverUntil(id, { status: "delivered" });
  const hooks = ids.flatMap(of);
  const plain = hooks.find(({ headers }) => headers["x-webhook-id"] === unsigned.id);
  const signed = hooks.find(({ headers }) => headers["x-webhook-id"] !== unsigned.id);
  expect(plain?.headers).not.toHaveProperty("x-webhook-signature");
  expect(plain?.headers).not.toHaveProperty("webhook-signature");
  const verifier = new Webhook("my plain secret", { format: "raw" });
  expect(verifier.verify(signed?.body ?? "", signed?.headers as Record<string, string>)).toHaveProperty("data");
});

test("while a secret is replaced both sign; after the overlap only the new one", async () => {
  const { id, secret: old = "" } = await registerHook(made, receiver, { generate_secret: true });
  const rotated = await send(`POST ${made.path}/${id}/secret`, { apiKey: made.apiKey, body: { overlap_hours: 1 } });
  const fresh = rotated.body.webhook.secret as string;
  const verifies = async (secret: string) => {
    const [deliveryId = ""] = await publish(made);
    await deliverUntil(deliveryId, { status: "delivered" });
    const [hook] = of(deliveryId);
    return () => new Webhook(secret).verify(hook?.body ?? "", hook?.headers as Record<string, string>);
  };
  expect(await verifies(old)).not.toThrow();
  expect(await verifies(fresh)).not.toThrow();
  await system.run(sql`
    update webhook_endpoints set previous_secret_expires_at = now() - interval '1 second' where id = ${id}`);
  expect(await verifies(old)).toThrow("No matching signature");
  expect(await verifies(fresh)).not.toThrow();
  await maintainWebhooks();
  expect(await system.one(sql`select sealed_previous_secret as old from webhook_endpoints where id = ${id}`)).toEqual({
    old: null,
  });
});

test("an event reaches only active web hooks that want it, of its app and organization, and none when it is rolled back", async () => {
  const wanted = await registerHook(made, receiver, { events: ["deployment.failed"] });
  const off = await registerHook(made, receiver);
  await send(`PATCH ${made.path}/${off.id}`, { apiKey: made.apiKey, body: { active: false } });
  const other = await createAppForHooks();
  await registerHook(other, receiver);
  const second = await send("POST /api/agent-apps", { apiKey: made.apiKey, body: { name: "Second" } });
  await registerHook({ ...made, path: `/api/agent-apps/${second.body.app.id}/webhooks` }, receiver);
  expect(await publish(made, "deployment.completed")).toEqual([]);
  const [deliveryId = "", ...rest] = await publish(made, "deployment.failed");
  expect(rest).toEqual([]);
  const undone = transaction(made.ctx, async (tx) => {
    await publishWebhook(tx, made.ctx, {
      event: "deployment.failed",
      data: {},
      scope: { type: "agent_app", id: made.appId },
    });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await deliverUntil(deliveryId, { status: "delivered" });
  expect(receiver.received.map(({ headers }) => headers["x-webhook-id"])).toEqual([wanted.id]);
});

test("README 5.9 a receiver that answers 500 for a day is tried eight times on the schedule, then given up", async () => {
  await registerHook(made, receiver);
  receiver.answerWith({ type: "status", status: 500, body: "sorry" });
  const [deliveryId = ""] = await publish(made);
  const pauses: number[] = [];
  for (let attempt = 1; attempt < attemptsMax; attempt++) {
    await deliverUntil(deliveryId, { status: "pending", tries: attempt, attempts: attempt, responseStatus: 500 });
    pauses.push(await passTime(deliveryId));
  }
  await deliverUntil(deliveryId, { status: "failed", tries: 8, error: "The receiver answered 500." });
  const expected = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
  expect(pauses).toHaveLength(expected.length);
  for (const [index, pause] of pauses.entries()) {
    const planned = expected[index] ?? 0;
    expect(pause).toBeGreaterThan(planned - 4);
    expect(pause).toBeLessThanOrEqual(planned * 1.1);
  }
  expect(of(deliveryId)).toHaveLength(8);
  expect(new Set(of(deliveryId).map(({ body }) => body)).size).toBe(1);
  expect((await rowOf(deliveryId)).nextAttemptAt).toBeNull();
  expect(retryAt(8)).toBeNull();
});

test("a receiver that recovers gets the event at the next attempt, and its failures are forgotten", async () => {
  const { id } = await registerHook(made, receiver);
  receiver.answerWith({ type: "cut" });
  const [deliveryId = ""] = await publish(made);
  await deliverUntil(deliveryId, {
    tries: 1,
    responseStatus: null,
    error: expect.stringContaining("connection failed"),
  });
  expect((await hookOf(id)).failing_since).toEqual(expect.any(String));
  receiver.answerWith({ type: "status", status: 200, body: "thanks" });
  await passTime(deliveryId);
  await deliverUntil(deliveryId, { status: "delivered", tries: 2, responseStatus: 200, error: null });
  expect(await hookOf(id)).toMatchObject({ active: true, failing_since: null });
});

test("a redirect is a failure and is not followed", async () => {
  await registerHook(made, receiver);
  receiver.answerWith({ type: "status", status: 307, headers: { location: `${receiver.url}/elsewhere` } });
  const [deliveryId = ""] = await publish(made);
  await deliverUntil(deliveryId, { status: "pending", tries: 1, responseStatus: 307 });
  expect(receiver.received.map(({ path }) => path)).toEqual(["/hook"]);
});

test("a receiver that hangs is let go after 15 s and tried again", { timeout: 40_000 }, async () => {
  await registerHook(made, receiver);
  receiver.answerWith({ type: "hang" });
  const [deliveryId = ""] = await publish(made);
  const started = Date.now();
  await drainQueue(webhookDeliveries);
  expect(Date.now() - started).toBeGreaterThan(14_500);
  await deliverUntil(deliveryId, { tries: 1, error: "There was no complete answer within 15 s." });
});

test("410 switches the web hook off at once; its owner is told; what still waits for it is given up", async () => {
  const { id } = await registerHook(made, receiver);
  receiver.answerWith({ type: "status", status: 503 });
  const [waiting = ""] = await publish(made);
  await deliverUntil(waiting, { tries: 1 });
  receiver.answerWith({ type: "status", status: 410 });
  const [deliveryId = ""] = await publish(made);
  await deliverUntil(deliveryId, { status: "failed", tries: 1, responseStatus: 410 });
  expect(await hookOf(id)).toMatchObject({ active: false, disabled_reason: "gone", disabled_at: expect.any(String) });
  await passTime(waiting);
  await deliverUntil(waiting, { status: "failed", tries: 1, error: "The web hook is switched off." });
  const told = await system.one(sql`
    select (select data from events where organization_id = ${made.organizationId} and type = 'webhook.disabled') as event,
      (select details from audit_entries where organization_id = ${made.organizationId} and resource_id = ${id}
        and severity = 'warning') as audit`);
  expect(told).toEqual({
    event: { webhook_id: id, url: receiver.url, reason: "gone" },
    audit: { disabled: receiver.url, reason: "gone" },
  });
  const on = await send(`PATCH ${made.path}/${id}`, { apiKey: made.apiKey, body: { active: true } });
  expect(on.body.webhook).toMatchObject({
    active: true,
    disabled_reason: null,
    disabled_at: null,
    failing_since: null,
  });
});

test("five days of failures switch the web hook off, four do not", async () => {
  const { id } = await registerHook(made, receiver);
  receiver.answerWith({ type: "status", status: 500 });
  const since = (days: number) =>
    system.run(sql`
      update webhook_endpoints set failing_since = now() - ${days}::int * interval '1 day' where id = ${id}`);
  const fail = async () => {
    const [deliveryId = ""] = await publish(made);
    await deliverUntil(deliveryId, { tries: 1, responseStatus: 500 });
  };
  await fail();
  await since(4);
  await fail();
  expect((await hookOf(id)).active).toBe(true);
  await since(6);
  await fail();
  expect(await hookOf(id)).toMatchObject({ active: false, disabled_reason: "failing" });
});

test("more than its rate of deliveries a minute waits for the next, without counting as an attempt", async () => {
  await registerHook(made, receiver, { rate_per_minute: 2 });
  const ids = await Promise.all([publish(made), publish(made), publish(made), publish(made), publish(made)]);
  const all = [...new Set(ids.flat())];
  await drainQueue(webhookDeliveries);
  const states = () =>
    system.all<{ status: string; tries: number }>(sql`
      select status, tries from webhook_deliveries where id = any(${all}) order by status`);
  // A minute may have turned in between, and then two more were let through.
  await expect
    .poll(async () => (await states()).filter(({ status }) => status === "delivered").length)
    .toBeGreaterThan(1);
  const waiting = (await states()).filter(({ status }) => status === "pending");
  expect(waiting.length).toBeGreaterThan(0);
  for (const { tries } of waiting) expect(tries).toBe(0);
});

test("a host that resolves to 127.0.0.1 at the second look-up is refused at that delivery, and nothing arrives", async () => {
  const { id } = await registerHook(made, receiver);
  await system.run(sql`
    update webhook_endpoints set url = ${`http://rebind.example.com:${receiver.port}/hook`} where id = ${id}`);
  const [deliveryId = ""] = await publish(made);
  const job = { organizationId: made.organizationId, deliveryId, endpointId: id, tries: 0 };
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  await deliver(job, new AbortController().signal, { resolve, allowPrivate: false });
  await deliverUntil(deliveryId, {
    status: "pending",
    responseStatus: null,
    error: expect.stringContaining("not on the public internet"),
  });
  expect(receiver.received).toEqual([]);
});

test("a job that runs twice sends once; one whose worker died after sending sends again under the same id", async () => {
  const { id } = await registerHook(made, receiver);
  const [deliveryId = ""] = await publish(made);
  const job = { organizationId: made.organizationId, deliveryId, endpointId: id, tries: 0 };
  const { signal } = new AbortController();
  await Promise.all([deliver(job, signal), deliver(job, signal), deliver(job, signal)]);
  await deliverUntil(deliveryId, { status: "delivered", attempts: 1 });
  expect(of(deliveryId)).toHaveLength(1);

  receiver.answerWith({ type: "hang" });
  const [interrupted = ""] = await publish(made);
  const death = new AbortController();
  const dying = deliver({ ...job, deliveryId: interrupted }, death.signal);
  await expect.poll(() => of(interrupted).length).toBe(1);
  death.abort(new Error("killed"));
  await expect(dying).rejects.toThrow("killed");
  receiver.answerWith({ type: "status", status: 200 });
  await passTime(interrupted);
  await deliverUntil(interrupted, { status: "delivered", attempts: 1 });
  expect(of(interrupted)).toHaveLength(2);
});

test("a delivery whose job was lost is queued again; old ones are removed after 30 days, pending ones never", async () => {
  const { id } = await registerHook(made, receiver);
  const [lost = ""] = await publish(made);
  await system.run(sql`delete from pgboss.job where data ->> 'deliveryId' = ${lost}`);
  await system.run(sql`
    update webhook_deliveries set next_attempt_at = now() - interval '16 minutes' where id = ${lost} and status = 'pending'`);
  await maintainWebhooks();
  await deliverUntil(lost, { status: "delivered" });
  await send(`PATCH ${made.path}/${id}`, { apiKey: made.apiKey, body: { active: true } });
  const [kept = ""] = await publish(made);
  await deliverUntil(kept, { status: "delivered" });
  const [pending = ""] = await publish(made);
  await system.run(sql`
    update webhook_deliveries set created_at = now() - interval '31 days', next_attempt_at = null, status = 'failed'
    where id = ${lost}`);
  await system.run(sql`
    update webhook_deliveries set created_at = now() - interval '31 days' where id = ${pending}`);
  await maintainWebhooks();
  const left = await system.all<{ id: string }>(sql`
    select id from webhook_deliveries where endpoint_id = ${id} order by created_at`);
  expect(left.map((row) => row.id)).toEqual([pending, kept]);
});
