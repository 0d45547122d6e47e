import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runBilling } from "#lib/billing/automatic";
import { payLocalCheckout } from "#lib/billing/local-checkout";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { debitCredits, refundDebit } from "#lib/ledger/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeStripe, startFakeStripe } from "#lib/testing/fake-stripe";
import { withSavedCard } from "#lib/testing/fake-stripe-customer";
import {
  addsUp,
  configureStripe,
  deliver,
  eventOf,
  moneyOf,
  paidSession,
  testWebhookSecret,
} from "#lib/testing/fake-stripe-events";
import { startWeb } from "#server/web";

// Rounds of billing look after every organization of the database, so all tests that run one are in this file.
let stripe: FakeStripe;
beforeAll(async () => {
  stripe = await startFakeStripe();
});
afterAll(() => stripe.close());
const configure = () =>
  configureStripe({
    BATON_EMBEDDED: "0",
    STRIPE_SECRET_KEY: stripe.key,
    STRIPE_WEBHOOK_SECRET: testWebhookSecret,
    STRIPE_API_BASE: stripe.url,
  });
beforeEach(configure);

const path = "/v1/payment_intents";
const charges = (customer: string) =>
  stripe.received.filter((one) => one.path === path && one.form.customer === customer);

describe("the worker", () => {
  test("charges the saved card once below the threshold, however many workers look, and the event changes nothing twice", async () => {
    const { organizationId, userId, customer, spend, automatic, wait } = await withSavedCard();
    await runBilling();
    expect(charges(customer)).toEqual([]);
    await spend(6);
    await Promise.all(Array.from({ length: 6 }, () => runBilling()));
    expect(charges(customer)).toHaveLength(1);
    const [row] = await automatic();
    expect(charges(customer)[0]).toMatchObject({
      idempotencyKey: `topup:${row?.id}`,
      form: { amount: "100", currency: "usd", payment_method: "pm_card", off_session: "true", confirm: "true" },
    });
    expect(row).toMatchObject({ status: "paid", stripePaymentIntentId: expect.stringMatching(/^pi_/) });
    const metadata = { topupId: row?.id };
    await deliver(eventOf("payment_intent.succeeded", { id: row?.stripePaymentIntentId, customer, metadata }));
    await wait();
    await runBilling();
    const money = await moneyOf(organizationId);
    expect(money).toMatchObject({ credits: 119, lastToppedUp: expect.any(String) });
    expect(money.rows.at(-1)).toMatchObject({ type: "purchase", amount: 100, reference: `topup:${row?.id}` });
    expect(addsUp(money)).toBe(true);
    expect(userId).toBeTruthy();
  });

  test("the day's cap holds", async () => {
    const { organizationId, customer, spend, wait } = await withSavedCard({ daily_cap: 250 });
    for (let round = 0; round < 4; round++) {
      const { credits } = await moneyOf(organizationId);
      if (credits > 5) await spend(credits - 5);
      await wait();
      await runBilling();
    }
    expect(charges(customer)).toHaveLength(2);
  });

  test("nothing happens when it is off, without a card, while credits are owed, or where Stripe is not configured", async () => {
    const off = await withSavedCard({ enabled: false });
    const cardless = await withSavedCard();
    await system.run(sql`
      update billing_customers set payment_method_id = null where organization_id = ${cardless.organizationId}`);
    const owing = await withSavedCard();
    await system.run(sql`update organizations set credits_owed = 5000 where id = ${owing.organizationId}`);
    const unconfigured = await withSavedCard();
    for (const { spend } of [off, cardless, owing, unconfigured]) await spend(10);
    configureStripe({ BATON_EMBEDDED: "0" });
    await runBilling();
    expect(await unconfigured.automatic()).toEqual([]);
    await system.run(
      sql`update auto_topups set is_enabled = false where organization_id = ${unconfigured.organizationId}`,
    );
    configure();
    await runBilling();
    for (const { automatic } of [off, cardless, owing]) expect(await automatic()).toEqual([]);
  });

  test("three refusals in a row switch it off and tell the owner; saving the settings starts anew", async () => {
    const { organizationId, apiKey, customer, spend, wait, settingsNow, automatic } = await withSavedCard();
    await spend(10);
    for (let round = 1; round <= 4; round++) {
      const error = { type: "card_error", code: "card_declined", message: "Your card was declined." };
      // The fourth time nothing is asked for any more.
      if (round <= 3) stripe.script({ path, status: 402, error });
      await runBilling();
      await runBilling();
      await wait();
    }
    expect(charges(customer)).toHaveLength(3);
    expect(await settingsNow()).toMatchObject({ enabled: false, failures: 3, last_failure: "Your card was declined." });
    expect((await automatic()).map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
    const told = await system.all<{ type: string; data: unknown }>(sql`
      select type, data from events where organization_id = ${organizationId} and type like 'billing.auto%' order by id`);
    expect(told.map(({ type }) => type)).toEqual([
      ...Array(3).fill("billing.auto_topup.failed"),
      "billing.auto_topup.disabled",
    ]);
    expect((await moneyOf(organizationId)).credits).toBe(15);
    await send("PATCH /api/credits/auto-topup", { apiKey, body: { enabled: true } });
    expect(await settingsNow()).toMatchObject({ enabled: true, failures: 0, last_failure: null });
    // It would buy in the next test's rounds.
    await send("PATCH /api/credits/auto-topup", { apiKey, body: { enabled: false } });
  });

  test("an outcome that was lost on the way is found again under the same key, or told by the event, once", async () => {
    const one = await withSavedCard();
    const other = await withSavedCard();
    for (const { spend } of [one, other]) {
      await spend(10);
      // The library itself tries once more after a cut.
      stripe.script({ path, cut: true }, { path, cut: true });
      await runBilling();
    }
    expect(await one.automatic()).toMatchObject([{ status: "pending", stripePaymentIntentId: null }]);
    await one.wait();
    await runBilling();
    expect(charges(one.customer)).toHaveLength(2);

    const [told] = await other.automatic();
    const metadata = { topupId: told?.id };
    await deliver(
      eventOf("payment_intent.succeeded", { id: `pi_${randomUUID()}`, customer: other.customer, metadata }),
    );
    await system.run(sql`
      update topups set attempted_at = now() - interval '11 minutes'
      where organization_id in (${one.organizationId}, ${other.organizationId})`);
    await Promise.all([runBilling(), runBilling()]);
    expect(new Set(charges(one.customer).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(charges(one.customer)).toHaveLength(3);
    expect(charges(other.customer)).toHaveLength(2);
    for (const { organizationId } of [one, other]) expect((await moneyOf(organizationId)).credits).toBe(115);
  });

  test("a payment under way waits for its event; failed and succeeded events settle it", async () => {
    const { organizationId, spend, automatic, customer, wait } = await withSavedCard();
    await spend(10);
    stripe.script({ path, intent: { status: "processing" } });
    await runBilling();
    const [row] = await automatic();
    expect(row).toMatchObject({ status: "pending", stripePaymentIntentId: expect.any(String) });
    const intent = { id: row?.stripePaymentIntentId, customer, last_payment_error: { message: "Insufficient funds." } };
    await deliver(eventOf("payment_intent.payment_failed", intent));
    expect(await automatic()).toMatchObject([{ status: "failed", failure: "Insufficient funds." }]);
    await wait();
    stripe.script({ path, intent: { status: "processing" } });
    await runBilling();
    const second = (await automatic())[1];
    await deliver(eventOf("payment_intent.succeeded", { id: second?.stripePaymentIntentId, customer }));
    await deliver(eventOf("payment_intent.payment_failed", { id: second?.stripePaymentIntentId, customer }));
    expect((await automatic()).map(({ status }) => status)).toEqual(["failed", "paid"]);
    expect((await moneyOf(organizationId)).credits).toBe(115);
  });

  test("a bank that asks for its customer is a refusal", async () => {
    const { spend, automatic } = await withSavedCard();
    await spend(10);
    stripe.script({ path, intent: { status: "requires_action" } });
    await runBilling();
    expect(await automatic()).toMatchObject([{ status: "failed", failure: expect.stringContaining("confirmation") }]);
  });

  test("checkouts that nobody paid expire", async () => {
    const { organizationId, apiKey } = await createOrganization();
    await send("POST /api/credits/topup", { apiKey, body: { credits: 100 } });
    await system.run(sql`
      update topups set attempted_at = now() - interval '26 hours' where organization_id = ${organizationId}`);
    await runBilling();
    const { body } = await send("GET /api/credits/topups", { apiKey });
    expect(body.topups).toMatchObject([{ status: "expired" }]);
  });
});

test("credits that come back to an organization that owes pay its debt at the next round", async () => {
  const { organizationId } = await createOrganization();
  const metadata = { organizationId, credits: "1000" };
  const session = paidSession({ metadata });
  await deliver(eventOf("checkout.session.completed", session));
  const debit = { amount: 900, description: "Test", reference: "task:1" };
  await systemTransaction((tx) => debitCredits(tx, { organizationId }, debit));
  const refund = {
    id: `ch_${randomUUID()}`,
    amount: 1000,
    amount_refunded: 1000,
    payment_intent: session.payment_intent,
  };
  await deliver(eventOf("charge.refunded", refund));
  await systemTransaction((tx) => refundDebit(tx, { organizationId }, { reference: "task:1", description: "Failed" }));
  expect(await moneyOf(organizationId)).toMatchObject({ credits: 900, creditsOwed: 875, status: "past_due" });
  await Promise.all([runBilling(), runBilling()]);
  const money = await moneyOf(organizationId);
  expect(money).toMatchObject({ credits: 25, creditsOwed: 0, status: "active" });
  expect(addsUp(money)).toBe(true);
});

test("with the local checkout, automatic top-ups charge the test card that a checkout saved", async () => {
  configureStripe();
  const web = await startWeb({ root: join(import.meta.dirname, "../.."), host: "127.0.0.1", port: 0 });
  provideEnvironment({ PORT: String(web.port) });
  const { organizationId, apiKey, ctx } = await createOrganization();
  const body = { enabled: true, threshold: 1000, credits: 500, daily_cap: 500 };
  await send("PATCH /api/credits/auto-topup", { apiKey, body });
  const { sessionId } = (await send("POST /api/credits/topup", { apiKey, body: { credits: 100 } })).body;
  await payLocalCheckout(ctx, sessionId);
  expect((await send("GET /api/credits/auto-topup", { apiKey })).body.has_payment_method).toBe(true);
  await Promise.all([runBilling(), runBilling(), runBilling()]);
  const money = await moneyOf(organizationId);
  expect(money.credits).toBe(625);
  expect(addsUp(money)).toBe(true);
  await web.stop(0);
});
