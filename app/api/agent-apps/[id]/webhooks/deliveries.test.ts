import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createAppForHooks, deliverUntil, publish, registerHook } from "#lib/testing/webhook-fixture";
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
