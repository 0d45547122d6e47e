import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { raiseAllBudgetEvents, raiseBudgetEvents } from "#lib/pricing/health/budget";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { addRun, escalating, pricingEventsOf } from "#lib/testing/pricing";
import { deliverUntil } from "#lib/testing/webhook-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";
import { pricingEvents } from "#lib/webhooks/events";

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());

const url = "https://hooks.example.com/pricing";
const register = (apiKey: string, body: object) => send("POST /api/pricing/webhook", { apiKey, body });

test("A7 A8 A9 a web hook is registered under its second, listed without its secret, and removed", async () => {
  const { apiKey } = await createOrganization();
  const events = ["pricing.quote_generated", "pricing.exception_created"];
  const { status, body } = await register(apiKey, { url, events, secret: "hush" });
  expect(status).toBe(200);
  expect(body).toEqual({
    success: true,
    webhook_id: expect.stringMatching(/^pricing_webhook_\d{10}$/),
    url,
    events,
    message: "Pricing webhook registered",
  });
  const listed = await send("GET /api/pricing/webhooks", { apiKey });
  const { webhook_id } = body;
  const created_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(listed.body).toEqual({ success: true, webhooks: [{ webhook_id, url, events, created_at }], count: 1 });
  const stranger = await createOrganization();
  const missing = { status: 404, body: { error: { code: 404, message: "Pricing webhook not found" } } };
  expect(await send(`DELETE /api/pricing/webhook/${webhook_id}`, { apiKey: stranger.apiKey })).toMatchObject(missing);
  const gone = await send(`DELETE /api/pricing/webhook/${webhook_id}`, { apiKey });
  expect(gone.body).toEqual({ success: true, message: `Pricing webhook ${webhook_id} removed` });
  expect(await send(`DELETE /api/pricing/webhook/${webhook_id}`, { apiKey })).toMatchObject(missing);
});

test("A7 eight at the same moment take eight free seconds", async () => {
  const { apiKey } = await createOrganization();
  const body = { url, events: ["pricing.margin_alert"] };
  const made = await Promise.all(Array.from({ length: 8 }, () => register(apiKey, body)));
  expect(new Set(made.map(({ body: { webhook_id } }) => webhook_id)).size).toBe(8);
  expect((await send("GET /api/pricing/webhooks", { apiKey })).body.count).toBe(8);
});

test("A7 takes the fields of a form too, and refuses what is no https URL or no event of the register", async () => {
  const { apiKey } = await createOrganization();
  const form = new FormData();
  form.set("url", url);
  form.set("events", "pricing.margin_alert, pricing.policy_changed");
  const made = await send("POST /api/pricing/webhook", { apiKey, body: form });
  expect(made.body.events).toEqual(["pricing.margin_alert", "pricing.policy_changed"]);
  const events = ["pricing.margin_alert"];
  const names = `events must be a non-empty list of: ${pricingEvents.join(", ")}`;
  const cases: [object, string][] = [
    [{ events }, "url must be an https URL of at most 2048 characters"],
    [{ url: "http://hooks.example.com/", events }, "url must be an https URL"],
    [{ url: "http://8.8.8.8/", events }, "url must be an https URL"],
    [{ url: "ftp://127.0.0.1/", events }, "url must be an https URL"],
    [{ url: "hooks", events }, "url must be an https URL"],
    [{ url, events: [] }, names],
    [{ url, events: ["agent.completed"] }, names],
    [{ url }, names],
  ];
  for (const [body, error] of cases)
    expect(await register(apiKey, body)).toMatchObject({ status: 400, body: { success: false, error } });
  const reader = await createOrganization({ scopes: ["billing:read"] });
  expect((await register(reader.apiKey, { url, events })).status).toBe(403);
  expect((await send("GET /api/pricing/webhooks", { apiKey: reader.apiKey })).status).toBe(200);
});

test("A7 a delivery names its web hook and is signed; plain http is fine for a loopback host where that is allowed", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { body: hook } = await register(apiKey, { url: receiver.url, events: [...pricingEvents], secret: "hush" });
  expect(hook.success).toBe(true);
  const { body: decided } = await send("POST /api/pricing/decision", { apiKey, body: escalating });
  const deliveries = await system.all<{ id: string; event: string }>(sql`
    select id, event from webhook_deliveries where organization_id = ${organizationId} order by event`);
  expect(deliveries.map(({ event }) => event)).toEqual([
    "pricing.margin_alert",
    "pricing.quote_escalated",
    "pricing.quote_generated",
  ]);
  for (const { id } of deliveries) await deliverUntil(id, { status: "delivered" });
  const arrived = receiver.received.find(({ headers }) => headers["x-webhook-event"] === "pricing.quote_generated");
  const payload = JSON.parse(arrived?.body ?? "{}");
  expect(Object.keys(payload)).toEqual(["event", "timestamp", "webhook_id", "data"]);
  expect(payload).toMatchObject({
    event: "pricing.quote_generated",
    webhook_id: hook.webhook_id,
    data: {
      quote_id: decided.quote_id,
      model: "opus",
      segment: "startup",
      recommended_price: 2.1,
      gross_margin_pct: 50,
    },
  });
  expect(arrived?.headers).toMatchObject({
    "x-webhook-id": hook.webhook_id,
    "x-webhook-signature": `sha256=${createHmac("sha256", "hush")
      .update(arrived?.body ?? "")
      .digest("hex")}`,
  });
});

test("A7 a hook hears only of what it asked for, and only of its organization", async () => {
  const one = await createOrganization();
  const other = await createOrganization();
  await register(one.apiKey, { url: receiver.url, events: ["pricing.policy_changed"] });
  await register(other.apiKey, { url: receiver.url, events: [...pricingEvents] });
  await send("POST /api/pricing/quote", { apiKey: one.apiKey, body: escalating });
  await send("PUT /api/pricing/policy", { apiKey: one.apiKey, body: { minimum_price: 2 } });
  const eventsOf = (organizationId: string) =>
    system.all(sql`select event from webhook_deliveries where organization_id = ${organizationId}`);
  expect(await eventsOf(one.organizationId)).toEqual([{ event: "pricing.policy_changed" }]);
  expect(await eventsOf(other.organizationId)).toEqual([]);
});

const budgetEventsOf = async (organizationId: string) =>
  (await pricingEventsOf(organizationId)).filter(({ type }) => type.startsWith("pricing.budget"));

test("A7 a threshold of the daily budget is told once per day, however often and by however many it is seen", async () => {
  const { ctx, organizationId } = await createOrganization();
  const raise = (spendMicros: number) =>
    transaction(ctx, (tx) => raiseBudgetEvents(tx, ctx, { spendMicros, budgetMicros: 50_000_000 }));
  await raise(40_000_000);
  expect(await budgetEventsOf(organizationId)).toEqual([]);
  await Promise.all([raise(40_000_001), raise(40_000_001), raise(41_000_000)]);
  expect((await budgetEventsOf(organizationId)).map(({ type }) => type)).toEqual(["pricing.budget_warning"]);
  await raise(47_500_000);
  expect(await budgetEventsOf(organizationId)).toHaveLength(1);
  await Promise.all([raise(48_000_000), raise(60_000_000)]);
  const told = await budgetEventsOf(organizationId);
  expect(told.map(({ type }) => type)).toEqual(["pricing.budget_warning", "pricing.budget_critical"]);
  expect(told[0]?.data).toMatchObject({ daily_budget: 50, budget_utilization_pct: expect.any(Number) });
  await system.run(sql`update pricing_budget_alerts set day = day - 1 where organization_id = ${organizationId}`);
  await raise(48_000_000);
  expect(await budgetEventsOf(organizationId)).toHaveLength(4);
});

test("A7 the round of upkeep finds who overspent: stored budget or $50, real calls only", async () => {
  const over = await createOrganization();
  const own = await createOrganization();
  const simulated = await createOrganization();
  await addRun(over.organizationId, { costMicros: 48_000_000 });
  await addRun(own.organizationId, { costMicros: 9_000_000 });
  await addRun(simulated.organizationId, { costMicros: 60_000_000, simulated: true });
  await system.run(sql`
    insert into orchestrator_settings (organization_id, daily_budget_micros) values (${own.organizationId}, 10000000)`);
  await Promise.all([raiseAllBudgetEvents(), raiseAllBudgetEvents()]);
  const told = async ({ organizationId }: { organizationId: string }) =>
    (await budgetEventsOf(organizationId)).map(({ type }) => type).sort();
  expect(await told(over)).toEqual(["pricing.budget_critical", "pricing.budget_warning"]);
  expect(await told(own)).toEqual(["pricing.budget_warning"]);
  expect(await told(simulated)).toEqual([]);
});
