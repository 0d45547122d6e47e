import Stripe from "stripe";
import { beforeAll, describe, expect, test } from "vitest";
import { webhookSecret } from "#lib/stripe/secret";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import {
  configureStripe,
  deliver,
  deliverText,
  eventOf,
  moneyOf,
  paidSession,
  testWebhookSecret,
} from "#lib/testing/fake-stripe-events";

beforeAll(() => configureStripe({ BATON_EMBEDDED: "0", STRIPE_WEBHOOK_SECRET: testWebhookSecret }));

const completed = (organizationId: string, credits: unknown = "1000", more: Record<string, unknown> = {}) =>
  eventOf("checkout.session.completed", paidSession({ metadata: { organizationId, credits }, ...more }));
const refused = { status: 400, body: { error: "Invalid signature", code: "INVALID_SIGNATURE" } };
const received = { status: 200, body: { received: true } };
const seconds = () => Math.floor(Date.now() / 1_000);

describe("C30 signatures", () => {
  test("unsigned, empty, malformed and foreign signatures are refused, and nothing is credited", async () => {
    const { organizationId } = await createOrganization();
    const payload = JSON.stringify(completed(organizationId));
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: testWebhookSecret });
    const headers: Record<string, string>[] = [
      {},
      { "stripe-signature": "" },
      { "stripe-signature": "t=1,v1=" },
      { "stripe-signature": `t=${seconds()}` },
      { "stripe-signature": `v1=${"0".repeat(64)}` },
      { "stripe-signature": `t=${seconds()},v1=${"0".repeat(64)}` },
      { "stripe-signature": signature.replace("v1=", "v0=") },
      { "stripe-signature": signature.replace(/t=\d+/, "t=abc") },
      { "stripe-signature": signature.replace(/t=(\d+)/, (_, t: string) => `t=${Number(t) - 1}`) },
    ];
    for (const one of headers) {
      const answer = await send("POST /api/stripe/webhook", { headers: one, body: payload });
      expect(answer, JSON.stringify(one)).toMatchObject(refused);
      expect(answer.body).toEqual(refused.body);
    }
    expect(await deliverText(payload, { secret: "whsec_of_somebody_else_entirely" })).toMatchObject(refused);
    expect((await moneyOf(organizationId)).credits).toBe(25);
  });

  test("an altered body is refused, and the exact bytes count: spaces, order, escapes and umlauts stay as sent", async () => {
    const { organizationId } = await createOrganization();
    const event = completed(organizationId);
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: testWebhookSecret });
    const altered = payload.replace('"1000"', '"9000"');
    const forged = await send("POST /api/stripe/webhook", {
      headers: { "stripe-signature": signature },
      body: altered,
    });
    expect(forged).toMatchObject(refused);
    const odd = `\n ${JSON.stringify({ ...event, note: "Käse 1.0" }, null, 3).replace("Käse", "K\\u00e4se – ß")}\n\n`;
    expect(await deliverText(odd, { headers: { "content-type": "application/json; charset=utf-8" } })).toMatchObject(
      received,
    );
    expect((await moneyOf(organizationId)).credits).toBe(1025);
  });

  test("stale and future stamps are refused beyond five minutes, also with a right signature", async () => {
    const { organizationId } = await createOrganization();
    for (const [offset, isFine] of [
      [-290, true],
      [-310, false],
      [290, true],
      [310, false],
      [86_400, false],
    ] as const) {
      const answer = await deliver(completed(organizationId, "100"), { timestamp: seconds() + offset });
      expect(answer, String(offset)).toMatchObject(isFine ? received : refused);
    }
    expect((await moneyOf(organizationId)).credits).toBe(225);
  });

  test("a second, right signature beside a wrong one is accepted, as during a change of secrets", async () => {
    const { organizationId } = await createOrganization();
    const payload = JSON.stringify(completed(organizationId));
    const right = Stripe.webhooks.generateTestHeaderString({ payload, secret: testWebhookSecret });
    const header = right.replace("v1=", `v1=${"0".repeat(64)},v1=`);
    const answer = await send("POST /api/stripe/webhook", { headers: { "stripe-signature": header }, body: payload });
    expect(answer).toMatchObject(received);
  });

  test("signed nonsense: no JSON is refused, JSON that is no event is received and ignored", async () => {
    expect(await deliverText("{")).toMatchObject(refused);
    for (const text of ["null", "[]", "7", "{}", '{"id":"evt_1"}', '{"id":"","type":"x","data":{"object":{}}}'])
      expect(await deliverText(text), text).toMatchObject(received);
    for (const type of ["checkout.session.completed", "charge.refunded", "charge.dispute.created", "toString"])
      expect(await deliver(eventOf(type, { id: 5 })), type).toMatchObject(received);
    expect(await deliver(eventOf("customer.created", { id: "cus_1" }))).toMatchObject(received);
  });

  test("a body over 1 MB is refused before it is looked at", async () => {
    expect((await deliverText(`"${"x".repeat(1024 * 1024)}"`)).status).toBe(413);
  });

  test("without a secret every event is refused, also one signed with an empty secret", async () => {
    const { organizationId } = await createOrganization();
    const payload = JSON.stringify(completed(organizationId));
    for (const BATON_EMBEDDED of ["0", "1"]) {
      configureStripe({ BATON_EMBEDDED, STRIPE_SECRET_KEY: "sk_test_0123456789abcdef" });
      expect(webhookSecret()).toBeUndefined();
      for (const secret of [testWebhookSecret, " ", "undefined"])
        expect(await deliverText(payload, { secret })).toMatchObject(refused);
      const stamp = seconds();
      const { createHmac } = await import("node:crypto");
      const empty = createHmac("sha256", "").update(`${stamp}.${payload}`).digest("hex");
      const headers = { "stripe-signature": `t=${stamp},v1=${empty}` };
      expect(await send("POST /api/stripe/webhook", { headers, body: payload })).toMatchObject(refused);
    }
    configureStripe({ BATON_EMBEDDED: "0", STRIPE_WEBHOOK_SECRET: testWebhookSecret });
    expect((await moneyOf(organizationId)).credits).toBe(25);
  });
});

test("C30 Stripe is not rate limited, but gets the headers", async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => send("POST /api/stripe/webhook", { body: "{}" })));
  expect(new Set(answers.map(({ headers }) => headers.get("x-ratelimit-remaining"))).size).toBe(1);
  expect(answers[0]?.headers.get("x-request-id")).toMatch(/^req_/);
});
