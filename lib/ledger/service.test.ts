import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import {
  addCredits,
  debitCredits,
  expireHolds,
  getBalance,
  holdCredits,
  refundDebit,
  releaseHold,
  settleHold,
  settleHoldWithin,
  takeBackCredits,
} from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createOrganization } from "#lib/testing/factories";

/** An organization with exactly so many credits. */
async function organizationWith(credits: number) {
  const organization = await createOrganization();
  const { organizationId } = organization;
  if (credits > 25) {
    const reference = `purchase:${randomUUID()}`;
    await addCredits(
      system,
      { organizationId },
      { type: "purchase", amount: credits - 25, description: "Top-up", reference },
    );
  } else if (credits < 25) {
    await debitCredits(system, { organizationId }, { amount: 25 - credits, description: "Start", reference: "start" });
  }
  return organization;
}

async function entriesOf(organizationId: string) {
  return system.all<{ type: string; amount: number; balanceAfter: number; reference: string; description: string }>(sql`
    select type, amount, balance_after, reference, description from credit_transactions
    where organization_id = ${organizationId} order by position`);
}

const faultsOf = (organizationId: string) => findFaults(60, organizationId);
const debit = (amount: number, reference: string) => ({ amount, description: "Test debit", reference });
const holding = (organizationId: string, micros: number, reference: string = randomUUID(), expiresInSeconds = 60) =>
  holdCredits({ organizationId, micros, reference, expiresInSeconds });

test("C20 1,000 debits of 7 at once on a balance of 1,000: exactly 142 succeed, 6 are left, the ledger adds up", async () => {
  const { ctx, organizationId } = await organizationWith(1_000);

  const outcomes = await Promise.allSettled(
    Array.from({ length: 1_000 }, (_, index) =>
      transaction(ctx, (tx) => debitCredits(tx, ctx, debit(7, `race:${index}`))),
    ),
  );

  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(outcomes.length - refused.length).toBe(142);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "payment_required" });
  expect(await getBalance(system, ctx)).toEqual({ credits: 6, heldMicros: 0, availableCredits: 6 });
  expect((await entriesOf(organizationId)).filter(({ reference }) => reference.startsWith("race:"))).toHaveLength(142);
  expect(await faultsOf(organizationId)).toEqual([]);
});

test("C20 a debit that does not fit tells what it needs and what there is, and changes nothing", async () => {
  const { ctx, organizationId } = await organizationWith(10);
  await holding(organizationId, 20_001);
  await expect(debitCredits(system, ctx, debit(8, "big"))).rejects.toMatchObject({
    code: "payment_required",
    message: "Insufficient credits",
    facts: { required: 8, available: 7 },
  });
  await debitCredits(system, ctx, debit(7, "fits"));
  expect(await getBalance(system, ctx)).toEqual({ credits: 3, heldMicros: 20_001, availableCredits: 0 });
});

test("a debit whose transaction fails afterwards has not happened", async () => {
  const { ctx } = await organizationWith(10);
  const cause = transaction(ctx, async (tx) => {
    await debitCredits(tx, ctx, debit(4, "undone"));
    throw new Error("later");
  });
  await expect(cause).rejects.toThrow("later");
  expect(await debitCredits(system, ctx, debit(4, "undone"))).toEqual({ balance: 6, isNew: true });
});

test("a repeated reference answers the stored result and moves nothing; with another amount or kind it is refused", async () => {
  const { ctx, organizationId } = await organizationWith(100);
  const again = () => transaction(ctx, (tx) => debitCredits(tx, ctx, debit(30, "once")));

  const answers = await Promise.all(Array.from({ length: 20 }, again));

  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(answers.map(({ balance }) => balance))).toEqual(new Set([70]));
  await debitCredits(system, ctx, debit(5, "next"));
  expect(await again()).toEqual({ balance: 70, isNew: false });
  const reused = { code: "conflict", reason: "REFERENCE_REUSED" };
  await expect(debitCredits(system, ctx, debit(31, "once"))).rejects.toMatchObject(reused);
  await expect(addCredits(system, ctx, { type: "purchase", ...debit(30, "once") })).rejects.toMatchObject(reused);
  await expect(addCredits(system, ctx, { type: "grant", ...debit(75, "next") })).rejects.toMatchObject(reused);
  await expect(takeBackCredits(system, ctx, debit(30, "once"))).rejects.toMatchObject(reused);
  expect(await faultsOf(organizationId)).toEqual([]);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  "an amount of %s is no amount",
  async (amount) => {
    const { ctx, organizationId } = await createOrganization();
    await expect(debitCredits(system, ctx, debit(amount, "bad"))).rejects.toThrow(RangeError);
    await expect(addCredits(system, ctx, { type: "grant", ...debit(amount, "bad") })).rejects.toThrow(RangeError);
    await expect(takeBackCredits(system, ctx, debit(amount, "bad"))).rejects.toThrow(RangeError);
    await expect(holding(organizationId, amount)).rejects.toThrow(RangeError);
    expect((await getBalance(system, ctx)).credits).toBe(25);
  },
);

test("C36 a refund reverses one debit, once, also when asked 20 times at once; an unknown debit is refused", async () => {
  const { ctx, organizationId } = await organizationWith(50);
  await debitCredits(system, ctx, debit(20, "deployment:1"));
  const refund = () =>
    transaction(ctx, (tx) => refundDebit(tx, ctx, { reference: "deployment:1", description: "Deployment failed" }));

  const answers = await Promise.all(Array.from({ length: 20 }, refund));

  expect(answers.filter(({ isNew }) => isNew)).toEqual([{ balance: 50, isNew: true }]);
  expect((await entriesOf(organizationId)).at(-1)).toMatchObject({ type: "refund", amount: 20, balanceAfter: 50 });
  for (const reference of ["deployment:2", "welcome", "refund:deployment:1"]) {
    await expect(refundDebit(system, ctx, { reference, description: "No" })).rejects.toMatchObject({
      code: "not_found",
    });
  }
  expect(await faultsOf(organizationId)).toEqual([]);
});

test("a purchase that is taken back goes down to zero, spares what is held and is remembered even when nothing was left", async () => {
  const { ctx, organizationId } = await organizationWith(100);
  const hold = await holding(organizationId, 15_000);

  expect(await takeBackCredits(system, ctx, debit(40, "dispute:1"))).toEqual({
    taken: 40,
    missing: 0,
    balance: 60,
    isNew: true,
  });
  // 60 credits less one and a half that are held leave 58 whole ones.
  const rest = { taken: 58, missing: 42, balance: 2 };
  expect(await takeBackCredits(system, ctx, debit(100, "dispute:2"))).toEqual({ ...rest, isNew: true });
  const nothing = { taken: 0, missing: 7, balance: 2 };
  expect(await takeBackCredits(system, ctx, debit(7, "dispute:3"))).toEqual({ ...nothing, isNew: true });
  await addCredits(system, ctx, { type: "grant", ...debit(500, "later") });
  expect(await takeBackCredits(system, ctx, debit(7, "dispute:3"))).toEqual({ ...nothing, isNew: false });
  expect(await takeBackCredits(system, ctx, debit(100, "dispute:2"))).toEqual({ ...rest, isNew: false });
  expect(await settleHold(hold, 15_000)).toEqual({ chargedMicros: 15_000 });
  expect((await entriesOf(organizationId)).slice(2, 5)).toMatchObject([
    { type: "purchase", amount: -40 },
    { type: "purchase", amount: -58 },
    { type: "purchase", amount: 0 },
  ]);
  expect(await faultsOf(organizationId)).toEqual([]);
});

test("1,000 holds at once: as many as the balance covers, in any mix of organizations", async () => {
  const rich = await organizationWith(100);
  const poor = await organizationWith(1);
  const ask = async (organizationId: string, micros: number) =>
    holding(organizationId, micros).then(
      () => micros,
      (error) => {
        expect(error).toMatchObject({ code: "payment_required" });
        return 0;
      },
    );

  const admitted = await Promise.all([
    ...Array.from({ length: 1_000 }, () => ask(rich.organizationId, 7_000)),
    ...Array.from({ length: 1_000 }, () => ask(poor.organizationId, 300)),
  ]);

  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  expect(sum(admitted.slice(0, 1_000))).toBe(142 * 7_000);
  expect(sum(admitted.slice(1_000))).toBe(33 * 300);
  expect(await getBalance(system, rich)).toEqual({ credits: 100, heldMicros: 994_000, availableCredits: 0 });
  expect(await faultsOf(rich.organizationId)).toEqual([]);
});

test("a hold that does not fit refuses itself, not the smaller ones behind it", async () => {
  const { organizationId } = await organizationWith(1);
  const outcomes = await Promise.allSettled([9_000, 2_000, 1_000, 1].map((micros) => holding(organizationId, micros)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
  expect(outcomes[1]).toMatchObject({ reason: { facts: { required: 1, available: 0 } } });
});

test("a hold is made once per reference, within one statement as well; with another amount or closed it is refused", async () => {
  const { ctx, organizationId } = await createOrganization();
  const same = () => holding(organizationId, 5_000, "call:1");

  const [hold] = await Promise.all(Array.from({ length: 20 }, same));

  expect((await getBalance(system, ctx)).heldMicros).toBe(5_000);
  const outcomes = await Promise.allSettled([holding(organizationId, 1, "two"), holding(organizationId, 2, "two")]);
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { reason: { reason: "REFERENCE_REUSED" } }]);
  await expect(holding(organizationId, 4_000, "call:1")).rejects.toMatchObject({ reason: "REFERENCE_REUSED" });
  if (hold) await settleHold(hold, 1_000);
  await expect(same()).rejects.toMatchObject({ reason: "HOLD_CLOSED" });
  await expect(holding(randomUUID(), 5)).rejects.toMatchObject({ code: "not_found" });
});

test("settling counts fractions and writes one row for every group that fills a credit", async () => {
  const { ctx, organizationId } = await createOrganization();
  const holds = await Promise.all(Array.from({ length: 30 }, () => holding(organizationId, 4_000)));
  const [first, ...others] = holds;
  if (first) await settleHold(first, 3_333);
  expect(await getBalance(system, ctx)).toEqual({ credits: 25, heldMicros: 116_000, availableCredits: 13 });
  await Promise.all(others.map((hold) => settleHold(hold, 3_333)));

  // 30 × 3,333 = 99,990 micro-dollars: nine credits and 9,990 of the tenth.
  expect(await getBalance(system, ctx)).toEqual({ credits: 16, heldMicros: 0, availableCredits: 15 });
  const usage = (await entriesOf(organizationId)).filter(({ type }) => type === "usage");
  expect(usage.reduce((sum, { amount }) => sum + amount, 0)).toBe(-9);
  expect(usage.length).toBeLessThan(9);
  expect(usage[0]?.description).toBe("Model calls");
  expect(await faultsOf(organizationId)).toEqual([]);
});

test("a hold is closed once: settled again it answers the same, at another cost it is refused, released it stays", async () => {
  const { ctx, organizationId } = await createOrganization();
  const hold = await holding(organizationId, 50_000);

  const settled = await Promise.all(Array.from({ length: 20 }, () => settleHold(hold, 30_000)));

  expect(settled).toEqual(Array(20).fill({ chargedMicros: 30_000 }));
  expect(await transaction(ctx, (tx) => settleHoldWithin(tx, hold, 30_000))).toEqual({ chargedMicros: 30_000 });
  await expect(settleHold(hold, 30_001)).rejects.toMatchObject({ reason: "REFERENCE_REUSED" });
  await releaseHold(hold);
  expect(await getBalance(system, ctx)).toEqual({ credits: 22, heldMicros: 0, availableCredits: 22 });
  await expect(settleHold({ ...hold, reference: "never" }, 1)).rejects.toMatchObject({ code: "not_found" });
  const released = await holding(organizationId, 50_000);
  await Promise.all([releaseHold(released), releaseHold(released)]);
  expect(await getBalance(system, ctx)).toEqual({ credits: 22, heldMicros: 0, availableCredits: 22 });
});

test("a call dearer than its hold is charged the hold and what is available, never what others hold", async () => {
  const { ctx, organizationId } = await organizationWith(10);
  const dear = await holding(organizationId, 20_000);
  const other = await holding(organizationId, 50_000);

  expect(await settleHold(dear, 90_000)).toEqual({ chargedMicros: 50_000 });
  expect(await getBalance(system, ctx)).toEqual({ credits: 5, heldMicros: 50_000, availableCredits: 0 });
  expect(await settleHold(other, 50_000)).toEqual({ chargedMicros: 50_000 });
  expect((await getBalance(system, ctx)).credits).toBe(0);
  expect(await faultsOf(organizationId)).toEqual([]);
});

test("a crash leaks no hold: an expired one makes room for a hold, a debit, or the clean-up", async () => {
  const { ctx, organizationId } = await organizationWith(10);
  const lost = await holding(organizationId, 100_000, "lost", -1);
  const kept = await holding(organizationId, 30_000);
  await settleHold(kept, 30_000);
  await holding(organizationId, 70_000, "lost too", -1);
  await debitCredits(system, ctx, debit(7, "room"));
  expect(await getBalance(system, ctx)).toEqual({ credits: 0, heldMicros: 0, availableCredits: 0 });
  await addCredits(system, ctx, { type: "grant", ...debit(1, "one") });
  await holding(organizationId, 10_000, "third", -1);

  while ((await expireHolds()) > 0);

  expect(await getBalance(system, ctx)).toEqual({ credits: 1, heldMicros: 0, availableCredits: 1 });
  // It comes back after all: what is left pays for it, once.
  expect(await settleHold(lost, 90_000)).toEqual({ chargedMicros: 10_000 });
  expect(await settleHold(lost, 90_000)).toEqual({ chargedMicros: 10_000 });
  expect((await getBalance(system, ctx)).credits).toBe(0);
  expect(await faultsOf(organizationId)).toEqual([]);
});

test("nobody moves another tenant's money, not even with its own rights", async () => {
  const [one, other] = [await createOrganization(), await createOrganization()];
  const hold = await holding(one.organizationId, 5_000);
  await debitCredits(system, one, debit(5, "theirs"));
  const strange: ((tx: Parameters<typeof getBalance>[0]) => Promise<unknown>)[] = [
    (tx) => debitCredits(tx, one, debit(1, "mine")),
    (tx) => refundDebit(tx, one, { reference: "theirs", description: "Mine" }),
    (tx) => settleHoldWithin(tx, hold, 5_000),
  ];
  for (const work of strange) {
    await expect(transaction(other.ctx, work), String(work)).rejects.toMatchObject({ code: "42501" });
  }
  expect(await getBalance(system, one)).toEqual({ credits: 20, heldMicros: 5_000, availableCredits: 19 });
});
