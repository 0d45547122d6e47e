import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeStripe, startFakeStripe } from "#lib/testing/fake-stripe";
import { configureStripe, deliver, eventOf, paidSession, testWebhookSecret } from "#lib/testing/fake-stripe-events";

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
test("top-ups are listed newest first with their receipt, and found by session; another organization's are not", async () => {
  const [mine, other] = [await createOrganization(), await createOrganization()];
  const first = (await topup(mine.apiKey, { package: "starter" })).body;
  const second = (await topup(mine.apiKey, { credits: 150 })).body;
  await deliver(
    eventOf("checkout.session.completed", paidSession({ id: first.sessionId, payment_intent: "pi_listed" })),
  );
  const receipt_url = "https://pay.stripe.com/receipts/2";
  await deliver(eventOf("charge.succeeded", { id: "ch_listed", payment_intent: "pi_listed", receipt_url }));
  const all = await send("GET /api/credits/topups", { apiKey: mine.apiKey });
  expect(all.body.topups).toMatchObject([
    {
      session_id: second.sessionId,
      status: "pending",
      credits: 150,
      amount_cents: 150,
      receipt_url: null,
      paid_at: null,
    },
    { session_id: first.sessionId, status: "paid", package: "starter", receipt_url, paid_at: expect.any(String) },
  ]);
  const one = await send("GET /api/credits/topups?limit=1&offset=1", { apiKey: mine.apiKey });
  expect(one.body.topups).toMatchObject([{ session_id: first.sessionId }]);
  const line = `GET /api/credits/topups?session_id=${first.sessionId}`;
  expect((await send(line, { apiKey: mine.apiKey })).body.topups).toHaveLength(1);
  expect((await send(line, { apiKey: other.apiKey })).body).toEqual({ topups: [] });
  expect((await send("GET /api/credits/topups?session_id=%00", { apiKey: mine.apiKey })).body).toEqual({ topups: [] });
});
