import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { creditsOfMoney } from "#lib/billing/payments";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { randomText } from "#lib/id";
import { debitCredits } from "#lib/ledger/service";
import { createOrganization } from "#lib/testing/factories";
import { addsUp, configureStripe, moneyOf, purchaseOf, testWebhookSecret } from "#lib/testing/fake-stripe-events";

beforeAll(() => configureStripe({ BATON_EMBEDDED: "0", STRIPE_WEBHOOK_SECRET: testWebhookSecret }));

const spend = (organizationId: string, amount: number, reference: string = randomUUID()) =>
  systemTransaction((tx) => debitCredits(tx, { organizationId }, { amount, description: "Test", reference }));

async function paid(credits?: number, cents?: number) {
  const { organizationId } = await createOrganization();
  const one = purchaseOf(organizationId, credits, cents);
  await one.pay();
  return { organizationId, one, credits: async () => (await moneyOf(organizationId)).credits };
}

describe("charge.refunded", () => {
  test("partial refunds are cumulative and proportional, exact at the end; copies and old news change nothing", async () => {
    const { organizationId, one, credits } = await paid(1000, 999);
    await one.refund(333);
    expect(await credits()).toBe(25 + 1000 - 333);
    await one.refund(500);
    await Promise.all(Array.from({ length: 10 }, () => one.refund(500)));
    await one.refund(333);
    expect(await credits()).toBe(25 + 500);
    expect(await one.row()).toMatchObject({ status: "paid", creditsTakenBack: 500 });
    await one.refund(999);
    const money = await moneyOf(organizationId);
    expect(money).toMatchObject({ credits: 25, status: "active" });
    expect(addsUp(money)).toBe(true);
    expect(await one.row()).toMatchObject({ status: "refunded", creditsTakenBack: 1000 });
  });

  test("a refund that is told before the purchase is applied with it", async () => {
    const { organizationId } = await createOrganization();
    const one = purchaseOf(organizationId);
    await one.refund(400);
    expect((await moneyOf(organizationId)).credits).toBe(25);
    await one.pay();
    expect((await moneyOf(organizationId)).credits).toBe(625);
    await one.refund(1000);
    await one.pay();
    expect((await moneyOf(organizationId)).credits).toBe(25);
  });

  test("a refund and its purchase at the same moment end alike in every order", async () => {
    const all = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const { organizationId } = await createOrganization();
        const one = purchaseOf(organizationId);
        await Promise.all([one.pay(), one.refund(1000), one.pay(), one.refund(500)]);
        return moneyOf(organizationId);
      }),
    );
    for (const money of all) {
      expect(money.credits).toBe(25);
      expect(addsUp(money)).toBe(true);
    }
  });

  test("spent credits go down to zero, the rest is owed: past_due until the next purchases have paid it", async () => {
    const { organizationId, one } = await paid();
    await spend(organizationId, 900);
    await one.refund(1000);
    expect(await moneyOf(organizationId)).toMatchObject({ credits: 0, creditsOwed: 875, status: "past_due" });
    await one.refund(1000);
    expect((await moneyOf(organizationId)).creditsOwed).toBe(875);
    await purchaseOf(organizationId, 500).pay();
    expect(await moneyOf(organizationId)).toMatchObject({ credits: 0, creditsOwed: 375, status: "past_due" });
    await purchaseOf(organizationId, 500).pay();
    const money = await moneyOf(organizationId);
    expect(money).toMatchObject({ credits: 125, creditsOwed: 0, status: "active" });
    expect(addsUp(money)).toBe(true);
    const types = await system.all<{ type: string }>(sql`
      select type from events where organization_id = ${organizationId} and type like 'billing.%' order by id`);
    expect(types.map(({ type }) => type)).toEqual([
      "billing.topup.paid",
      "billing.topup.reversed",
      "billing.past_due",
      "billing.topup.paid",
      "billing.topup.paid",
      "billing.active",
    ]);
  });
});

test("refunds and disputes of payments that are not ours are received and touch nobody", async () => {
  const { organizationId } = await createOrganization();
  const foreign = purchaseOf(organizationId);
  for (const answer of [
    await foreign.refund(5),
    await foreign.dispute("dp_f"),
    await foreign.receipt("https://x.test"),
  ])
    expect(answer).toMatchObject({ status: 200, body: { received: true } });
  expect((await moneyOf(organizationId)).rows).toHaveLength(1);
});

test("the receipt's address is kept", async () => {
  const { one } = await paid();
  await one.receipt("https://pay.stripe.com/receipts/1");
  expect((await one.row()).receiptUrl).toBe("https://pay.stripe.com/receipts/1");
});

test("credits of a part of the money never exceed the part and are all of them at the end", () => {
  const figures = fc.record({
    credits: fc.integer({ min: 1, max: 1_000_000 }),
    total: fc.integer({ min: 1, max: 1e9 }),
  });
  fc.assert(
    fc.property(figures, fc.nat(), ({ credits, total }, part) => {
      const back = creditsOfMoney(credits, part, total);
      expect(back).toBeLessThanOrEqual(credits);
      if (part >= total) expect(back).toBe(credits);
      else expect(BigInt(back) * BigInt(total)).toBeLessThanOrEqual(BigInt(credits) * BigInt(part));
    }),
  );
});

test("whatever the order of the events, the same state is reached", async () => {
  const orders = fc.sample(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), 12);
  for (const order of orders) {
    const { organizationId } = await createOrganization();
    const one = purchaseOf(organizationId);
    const dispute = `dp_${randomText(10)}`;
    const acts = [
      one.pay,
      () => one.refund(200),
      () => one.refund(300),
      () => one.dispute(dispute, 100),
      () => one.close(dispute, "won"),
      one.pay,
    ];
    for (const index of order) await acts[index]?.();
    const money = await moneyOf(organizationId);
    expect(money, order.join()).toMatchObject({ credits: 725, creditsOwed: 0 });
    expect(addsUp(money)).toBe(true);
  }
});
