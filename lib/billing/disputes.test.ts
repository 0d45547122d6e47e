import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { systemTransaction } from "#lib/db/transaction";
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

describe("disputes", () => {
  test("an opened dispute takes the credits, a won one gives them back, a lost one keeps them", async () => {
    const { one, credits } = await paid();
    await one.dispute("dp_a");
    expect(await credits()).toBe(25);
    expect((await one.row()).status).toBe("disputed");
    await one.close("dp_a", "won");
    await one.close("dp_a", "won");
    expect(await credits()).toBe(1025);
    expect((await one.row()).status).toBe("paid");
    // The news of its opening comes again, late.
    await one.dispute("dp_a");
    expect(await credits()).toBe(1025);
    await one.dispute("dp_b");
    await one.close("dp_b", "lost");
    expect(await credits()).toBe(25);
    expect((await one.row()).status).toBe("disputed");
  });

  test("closed before opened, and opened before paid, ends right", async () => {
    const { organizationId } = await createOrganization();
    const one = purchaseOf(organizationId);
    await one.close("dp_c", "won");
    await one.dispute("dp_c");
    await one.dispute("dp_d", 250);
    await one.pay();
    expect((await moneyOf(organizationId)).credits).toBe(775);
  });

  test("a refund and a dispute together take no more than was bought; a won dispute pays the debt first", async () => {
    const { organizationId, one } = await paid();
    await spend(organizationId, 1025);
    await one.refund(600);
    await one.dispute("dp_e");
    expect(await moneyOf(organizationId)).toMatchObject({ credits: 0, creditsOwed: 1000 });
    await one.close("dp_e", "won");
    const money = await moneyOf(organizationId);
    expect(money).toMatchObject({ credits: 0, creditsOwed: 600, status: "past_due" });
    expect(addsUp(money)).toBe(true);
  });
});
