import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import {
  createAppForHooks,
  deliverUntil,
  passTime,
  publish,
  publishUnqueued,
  registerHook,
} from "#lib/testing/webhook-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";
import { deliver } from "#lib/webhooks/jobs";
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

test("a host that resolves to 127.0.0.1 at the second look-up is refused at that delivery, and nothing arrives", async () => {
  const { id } = await registerHook(made, receiver);
  await system.run(sql`
    update webhook_endpoints set url = ${`http://rebind.example.com:${receiver.port}/hook`} where id = ${id}`);
  const job = await publishUnqueued(made);
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  await deliver(job, new AbortController().signal, { resolve, allowPrivate: false });
  await deliverUntil(job.deliveryId, {
    status: "pending",
    responseStatus: null,
    error: expect.stringContaining("not on the public internet"),
  });
  expect(receiver.received).toEqual([]);
});

test("a job that runs twice sends once; one whose worker died after sending sends again under the same id", async () => {
  await registerHook(made, receiver);
  const job = await publishUnqueued(made);
  const { deliveryId } = job;
  const { signal } = new AbortController();
  await Promise.all([deliver(job, signal), deliver(job, signal), deliver(job, signal)]);
  await deliverUntil(deliveryId, { status: "delivered", attempts: 1 });
  expect(of(deliveryId)).toHaveLength(1);

  receiver.answerWith({ type: "hang" });
  const second = await publishUnqueued(made);
  const interrupted = second.deliveryId;
  const death = new AbortController();
  const dying = deliver(second, death.signal);
  await expect.poll(() => of(interrupted).length).toBe(1);
  death.abort(new Error("killed"));
  await expect(dying).rejects.toThrow("killed");
  receiver.answerWith({ type: "status", status: 200 });
  await passTime(interrupted);
  await deliver(second, signal);
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
