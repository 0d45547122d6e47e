import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { stripeVersion } from "#lib/stripe/client";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeStripe, type Form, startFakeStripe } from "#lib/testing/fake-stripe";
import {
  configureStripe,
  deliver,
  eventOf,
  moneyOf,
  paidSession,
  testWebhookSecret,
} from "#lib/testing/fake-stripe-events";

let stripe: FakeStripe;
beforeAll(async () => {
  stripe = await startFakeStripe();
});
afterAll(() => stripe.close());
const configure = (more: Record<string, string> = {}) =>
  configureStripe({
    BATON_EMBEDDED: "0",
    STRIPE_SECRET_KEY: stripe.key,
    STRIPE_WEBHOOK_SECRET: testWebhookSecret,
    STRIPE_API_BASE: stripe.url,
    ...more,
  });
beforeEach(() => configure());

const topup = (apiKey: string, body: unknown, headers?: Record<string, string>) =>
  send("POST /api/credits/topup", { apiKey, body, ...(headers && { headers }) });
const sessionsOf = (organizationId: string) =>
  stripe.received.filter(
    ({ path, form }) => path === "/v1/checkout/sessions" && form.client_reference_id === organizationId,
  );
const rowsOf = (organizationId: string) =>
  system.all<{ id: string; status: string; credits: number; amountCents: number; failure: string | null }>(sql`
    select id, status, credits, amount_cents, failure from topups
    where organization_id = ${organizationId} order by created_at`);

describe("C24 the checkout at Stripe", () => {
  test("each package and a custom figure have the table's price; nothing is credited", async () => {
    const { organizationId, userId, apiKey, email } = await createOrganization();
    const bought = [
      [{ package: "starter" }, 1_000, 1_000],
      [{ package: "growth" }, 5_000, 4_500],
      [{ package: "scale", credits: 20_000 }, 20_000, 16_000],
      [{ credits: 100 }, 100, 100],
      [{ credits: 1_000_000 }, 1_000_000, 1_000_000],
    ] as const;
    for (const [body, credits, cents] of bought) {
      const answer = await topup(apiKey, body);
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body).sort()).toEqual(["sessionId", "sessionUrl"]);
      expect(answer.body.sessionUrl).toBe(`${stripe.url}/c/pay/${answer.body.sessionId}`);
      const form = sessionsOf(organizationId).at(-1)?.form;
      expect(form).toMatchObject({
        mode: "payment",
        client_reference_id: organizationId,
        metadata: { userId, organizationId, credits: String(credits), topupId: expect.any(String) },
        line_items: { 0: { quantity: "1", price_data: { currency: "usd", unit_amount: String(cents) } } },
        payment_intent_data: { receipt_email: email, metadata: { organizationId } },
        success_url: "http://localhost:3000/billing/success?session_id={CHECKOUT_SESSION_ID}",
        cancel_url: "http://localhost:3000/billing/cancel?session_id={CHECKOUT_SESSION_ID}",
      });
      expect(form?.payment_intent_data).not.toHaveProperty("setup_future_usage");
    }
    expect((await moneyOf(organizationId)).credits).toBe(25);
    expect((await rowsOf(organizationId)).map(({ status }) => status)).toEqual(Array(5).fill("pending"));
  });

  test("our own row decides who gets how much, whatever the event's metadata say; before the row knows its session too", async () => {
    const [mine, other] = [await createOrganization(), await createOrganization()];
    const { body } = await topup(mine.apiKey, { package: "starter" });
    const metadata = { organizationId: other.organizationId, credits: "999999" };
    await deliver(eventOf("checkout.session.completed", paidSession({ id: body.sessionId, metadata })));
    expect((await moneyOf(mine.organizationId)).credits).toBe(1025);
    expect((await moneyOf(other.organizationId)).credits).toBe(25);

    await topup(mine.apiKey, { credits: 500 });
    const [, second] = await rowsOf(mine.organizationId);
    await system.run(sql`update topups set stripe_session_id = null where id = ${second?.id}`);
    const early = paidSession({ metadata: { ...metadata, topupId: second?.id } });
    await Promise.all([1, 2, 3].map(() => deliver(eventOf("checkout.session.completed", early))));
    expect((await moneyOf(mine.organizationId)).credits).toBe(1525);
    // A row that has its session is not another session's.
    const stolen = paidSession({ metadata: { topupId: second?.id } });
    await deliver(eventOf("checkout.session.completed", stolen));
    expect((await moneyOf(mine.organizationId)).credits).toBe(1525);
  });

  test("the customer is made once, also by purchases at the same moment, and replaced when Stripe has lost it", async () => {
    const { organizationId, apiKey } = await createOrganization();
    const answers = await Promise.all(Array.from({ length: 8 }, () => topup(apiKey, { credits: 100 })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const customers = new Set(sessionsOf(organizationId).map(({ form }) => form.customer));
    expect(customers.size).toBe(1);
    stripe.script({
      path: "/v1/checkout/sessions",
      status: 400,
      error: {
        type: "invalid_request_error",
        code: "resource_missing",
        param: "customer",
        message: "No such customer",
      },
    });
    expect((await topup(apiKey, { credits: 100 })).status).toBe(200);
    const replaced = sessionsOf(organizationId).at(-1)?.form.customer;
    expect(customers.has(replaced)).toBe(false);
    expect((await topup(apiKey, { credits: 100 })).status).toBe(200);
    expect(sessionsOf(organizationId).at(-1)?.form.customer).toBe(replaced);
  });

  test("a cut connection and a 500 are tried again under the same idempotency key, with the pinned version", async () => {
    const { organizationId, apiKey } = await createOrganization();
    const path = "/v1/checkout/sessions";
    stripe.script({ path, cut: true }, { path, status: 500, error: { type: "api_error", message: "Sorry" } });
    expect((await topup(apiKey, { credits: 100 })).status).toBe(200);
    expect((await topup(apiKey, { credits: 100 })).status).toBe(200);
    const keys = sessionsOf(organizationId).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys.length).toBeGreaterThanOrEqual(4);
    expect(new Set(keys).size).toBe(2);
    expect(stripeVersion).toMatch(/^\d{4}-\d\d-\d\d\.[a-z]+$/);
  });

  test("Stripe refusing is 503 in our words; the row says so and the secret key is nowhere", async () => {
    const { organizationId, apiKey } = await createOrganization();
    configure({ STRIPE_SECRET_KEY: "sk_test_wrongwrongwrongwrong" });
    const answer = await topup(apiKey, { credits: 100 });
    expect(answer).toMatchObject({ status: 503, body: { code: "STRIPE_UNAVAILABLE" } });
    expect(answer.text).not.toMatch(/sk_test|API Key/);
    expect(await rowsOf(organizationId)).toMatchObject([{ status: "failed", failure: expect.any(String) }]);
  });

  test("save_payment_method, or automatic top-ups without a card, ask Stripe to keep the payment method", async () => {
    const { organizationId, apiKey } = await createOrganization();
    const kept = () =>
      (sessionsOf(organizationId).at(-1)?.form.payment_intent_data as Form | undefined)?.setup_future_usage;
    await topup(apiKey, { credits: 100, save_payment_method: true });
    expect(kept()).toBe("off_session");
    await topup(apiKey, { credits: 100 });
    expect(kept()).toBeUndefined();
    await send("PATCH /api/credits/auto-topup", { apiKey, body: { enabled: true } });
    await topup(apiKey, { credits: 100 });
    expect(kept()).toBe("off_session");
  });
});

describe("C24 Idempotency-Key", () => {
  test("the same key answers the same checkout, at once or later; another body is 409; other organizations are free", async () => {
    const { organizationId, apiKey } = await createOrganization();
    const headers = { "idempotency-key": "buy-1" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => topup(apiKey, { credits: 200 }, headers)));
    answers.push(await topup(apiKey, { credits: 200 }, headers));
    expect(new Set(answers.map(({ status, body }) => body.sessionId ?? `${status} ${body.code}`))).toEqual(
      new Set([answers[0]?.body.sessionId]),
    );
    expect(answers.filter((answer) => answer.headers.get("idempotency-replayed") === "true")).toHaveLength(5);
    expect(await rowsOf(organizationId)).toHaveLength(1);
    const other = await topup(apiKey, { credits: 300 }, headers);
    expect(other).toMatchObject({
      status: 409,
      body: { error: "Idempotency key payload mismatch", code: "IDEMPOTENCY_MISMATCH" },
    });
    const second = await createOrganization();
    expect((await topup(second.apiKey, { credits: 300 }, headers)).status).toBe(200);
    expect((await topup(apiKey, { credits: 200 }, { "idempotency-key": "x".repeat(256) })).status).toBe(400);
    await system.run(sql`
      update topups set created_at = now() - interval '25 hours' where organization_id = ${organizationId}`);
    expect((await topup(apiKey, { credits: 300 }, headers)).status).toBe(200);
  });

  test("a checkout that Stripe did not open is opened by the repeated call", async () => {
    const { organizationId, apiKey } = await createOrganization();
    const headers = { "idempotency-key": "again" };
    configure({ STRIPE_SECRET_KEY: "sk_test_wrongwrongwrongwrong" });
    expect((await topup(apiKey, { credits: 100 }, headers)).status).toBe(503);
    configure();
    expect((await topup(apiKey, { credits: 100 }, headers)).status).toBe(200);
    expect(await rowsOf(organizationId)).toMatchObject([{ status: "pending", failure: null }]);
  });
});
