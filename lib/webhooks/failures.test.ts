import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { drainQueue } from "#lib/queue/drain";
import { send } from "#lib/testing/client";
import { startFakeSmtp } from "#lib/testing/fake-smtp";
import {
  createAppForHooks,
  deliverUntil,
  passTime,
  publish,
  publishUnqueued,
  registerHook,
} from "#lib/testing/webhook-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";
import { deliver, webhookDeliveries } from "#lib/webhooks/jobs";
import { attemptsMax, retryAt } from "#lib/webhooks/schedule";

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
  const error = "There was no complete answer within 15 s.";
  await deliverUntil(deliveryId, { tries: 1, error }, 30_000);
  const { latencyMs } = await system.one<{ latencyMs: number }>(sql`
    select latency_ms from webhook_attempts where delivery_id = ${deliveryId}`);
  expect(latencyMs).toBeGreaterThan(14_500);
});

test("410 switches the web hook off at once; its owner is told; what still waits for it is given up", async () => {
  const { id } = await registerHook(made, receiver);
  receiver.answerWith({ type: "status", status: 503 });
  const [waiting = ""] = await publish(made);
  await deliverUntil(waiting, { tries: 1 });
  receiver.answerWith({ type: "status", status: 410 });
  const smtp = await startFakeSmtp();
  provideEnvironment({ SMTP_URL: smtp.url });
  const gone = await publishUnqueued(made);
  await deliver(gone, new AbortController().signal);
  await deliverUntil(gone.deliveryId, { status: "failed", tries: 1, responseStatus: 410 });
  const mails = () => smtp.mails.filter(({ to }) => to.includes(made.email));
  await expect.poll(() => mails().length).toBe(1);
  provideEnvironment({ SMTP_URL: "" });
  await smtp.stop();
  expect(mails()[0]?.text).toContain(`The web hook to ${receiver.url} was switched off`);
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
