import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cancelLocalCheckout, getLocalCheckout, payLocalCheckout } from "#lib/billing/local-checkout";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { env, provideEnvironment } from "#lib/env";
import { webhookSecret } from "#lib/stripe/secret";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { addsUp, configureStripe, deliver, eventOf, moneyOf, paidSession } from "#lib/testing/fake-stripe-events";
import { startWeb, type Web } from "#server/web";

let web: Web;
beforeAll(async () => {
  configureStripe();
  web = await startWeb({ root: join(import.meta.dirname, "../.."), host: "127.0.0.1", port: 0 });
  provideEnvironment({ PORT: String(web.port) });
});
afterAll(() => web.stop(0));

async function checkout(apiKey: string, body: Record<string, unknown> = { package: "starter" }): Promise<string> {
  const answer = await send("POST /api/credits/topup", { apiKey, body });
  expect(answer.status).toBe(200);
  const { sessionId, sessionUrl } = answer.body;
  expect(sessionUrl).toBe(`http://localhost:${web.port}/billing/checkout/${sessionId}`);
  return sessionId;
}

test("C24 C30 an embedded instance sells for test money: 25 credits, buy starter, 1,025, over the same signed event", async () => {
  const { organizationId, apiKey, ctx } = await createOrganization();
  const sessionId = await checkout(apiKey);
  expect(sessionId).toMatch(/^cs_local_[A-Za-z0-9]{40}$/);
  expect(await getLocalCheckout(ctx, sessionId)).toMatchObject({
    status: "pending",
    credits: 1000,
    amount_cents: 1000,
  });
  expect((await moneyOf(organizationId)).credits).toBe(25);
  await Promise.all([payLocalCheckout(ctx, sessionId), payLocalCheckout(ctx, sessionId)]);
  await payLocalCheckout(ctx, sessionId);
  const money = await moneyOf(organizationId);
  expect(money.credits).toBe(1025);
  expect(addsUp(money)).toBe(true);
  expect((await send("GET /api/credits/history", { apiKey })).body.transactions).toMatchObject([
    { type: "purchase", amount: 1000, balance_after: 1025 },
    { type: "grant", amount: 25, balance_after: 25 },
  ]);
  const events = await system.all(sql`select type from stripe_events where id like ${`evt_${sessionId}%`}`);
  expect(events).toEqual([{ type: "checkout.session.completed" }]);
  await expect(cancelLocalCheckout(ctx, sessionId)).resolves.toBeUndefined();
  expect((await getLocalCheckout(ctx, sessionId)).status).toBe("paid");
});

test("a cancelled checkout is over and cannot be paid", async () => {
  const { organizationId, apiKey, ctx } = await createOrganization();
  const sessionId = await checkout(apiKey, { credits: 100 });
  await cancelLocalCheckout(ctx, sessionId);
  await cancelLocalCheckout(ctx, sessionId);
  expect((await getLocalCheckout(ctx, sessionId)).status).toBe("expired");
  await expect(payLocalCheckout(ctx, sessionId)).rejects.toMatchObject({ code: "conflict", reason: "CHECKOUT_ENDED" });
  expect((await moneyOf(organizationId)).credits).toBe(25);
});

test("members may not pay, other organizations do not see it, and unknown or foreign sessions are not found", async () => {
  const { organizationId, apiKey } = await createOrganization();
  const other = await createOrganization();
  const admin = await addMember(organizationId, "admin");
  const member = await addMember(organizationId, "member");
  const sessionId = await checkout(apiKey);
  for (const act of [getLocalCheckout, payLocalCheckout, cancelLocalCheckout]) {
    await expect(act(member.ctx, sessionId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(act(other.ctx, sessionId)).rejects.toMatchObject({ code: "not_found" });
    await expect(act(admin.ctx, "cs_local_unknown")).rejects.toMatchObject({ code: "not_found" });
    await expect(act(admin.ctx, "cs_test_123")).rejects.toMatchObject({ code: "not_found" });
  }
  await payLocalCheckout(admin.ctx, sessionId);
  expect((await moneyOf(organizationId)).credits).toBe(1025);
});

test("the local secret is this instance's own: derived, unlike the key, refused once Stripe is configured or hosted", async () => {
  const secret = webhookSecret() ?? "";
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{44}$/);
  expect(secret).not.toContain(env().BATON_SECRET_KEY);
  const { organizationId, apiKey, ctx } = await createOrganization();
  const sessionId = await checkout(apiKey);
  const metadata = { organizationId, credits: "1000" };
  const event = () => eventOf("checkout.session.completed", paidSession({ metadata }));
  try {
    for (const values of [
      { STRIPE_SECRET_KEY: "sk_test_0123456789abcdef", STRIPE_WEBHOOK_SECRET: "whsec_0123456789abcdef" },
      { BATON_EMBEDDED: "0" },
    ]) {
      configureStripe(values);
      expect(await deliver(event(), { secret })).toMatchObject({ status: 400, body: { code: "INVALID_SIGNATURE" } });
      await expect(payLocalCheckout(ctx, sessionId)).rejects.toMatchObject({ code: "not_found" });
    }
  } finally {
    configureStripe();
  }
  expect((await moneyOf(organizationId)).credits).toBe(25);
  provideEnvironment({ BATON_SECRET_KEY: env().BATON_SECRET_KEY });
  expect(webhookSecret()).toBe(secret);
});

test("a payment that does not reach the endpoint is told and can be tried again", async () => {
  const { organizationId, apiKey, ctx } = await createOrganization();
  const sessionId = await checkout(apiKey);
  provideEnvironment({ PORT: "1" });
  await expect(payLocalCheckout(ctx, sessionId)).rejects.toMatchObject({ code: "unavailable" });
  provideEnvironment({ PORT: String(web.port) });
  await payLocalCheckout(ctx, sessionId);
  expect((await moneyOf(organizationId)).credits).toBe(1025);
});
