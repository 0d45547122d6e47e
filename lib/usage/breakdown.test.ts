import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createKey, deleteKey } from "#lib/keys/service";
import { addMember, createOrganization } from "#lib/testing/factories";
import { addUsage, daysAgo, moveCredits, type UsageRow } from "#lib/testing/usage-rows";
import { apportion, getUsageBreakdown } from "#lib/usage/breakdown";
import type { UsageBreakdown } from "#lib/usage/schema";
import { getUsageChart, getUsageMetrics } from "#lib/usage/service";

const zero = { invocations: 0, apiCalls: 0, credits: 0, costMicros: null };

function expectToAddUp({ items, other, total }: UsageBreakdown): void {
  const parts = [...items, ...(other ? [other] : [])];
  for (const figure of ["invocations", "apiCalls", "credits"] as const)
    expect(
      parts.reduce((sum, part) => sum + part[figure], 0),
      figure,
    ).toBe(total[figure]);
  expect(parts.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)).toBe(total.costMicros ?? 0);
}

test("the breakdown by model names each, adds the others up, and adds up to the metrics and the ledger", async () => {
  const { ctx, organizationId } = await createOrganization();
  const other = await createOrganization();
  await addUsage(other.organizationId, [{ type: "invocation", at: daysAgo(1), model: "not-yours" }]);
  await moveCredits(organizationId, "grant", 1_000, daysAgo(40));
  await addUsage(organizationId, [
    { type: "invocation", at: daysAgo(1), model: "gpt4", value: 2.25, costMicros: 22_500 },
    { type: "invocation", at: daysAgo(2), model: "gpt4", value: 3.5, costMicros: 35_000 },
    { type: "invocation", at: daysAgo(3), model: "claude", value: 1.75, costMicros: 17_500 },
    { type: "invocation", at: daysAgo(4), model: "local", quantity: 5 },
    { type: "invocation", at: daysAgo(5), model: "tiny", quantity: 2 },
    { type: "invocation", at: daysAgo(35), model: "old", quantity: 90 },
    { type: "credit_topup", at: daysAgo(5), value: 1_000 },
    { type: "api_call", at: daysAgo(5), quantity: 12 },
  ]);
  await moveCredits(organizationId, "usage", -7, daysAgo(1));
  await moveCredits(organizationId, "usage", -40, daysAgo(2));

  const breakdown = await getUsageBreakdown(ctx, { by: "model", days: 30, limit: 2 });

  expect(breakdown).toEqual({
    by: "model",
    days: 30,
    items: [
      { id: "gpt4", name: "gpt4", invocations: 2, apiCalls: 0, credits: 6, costMicros: 57_500 },
      { id: "claude", name: "claude", invocations: 1, apiCalls: 0, credits: 2, costMicros: 17_500 },
      { id: null, name: "Not attributed", ...zero, apiCalls: 12, credits: 39 },
    ],
    other: { count: 2, invocations: 7, apiCalls: 0, credits: 0, costMicros: null },
    total: { invocations: 10, apiCalls: 12, credits: 47, costMicros: 75_000 },
  });
  expectToAddUp(breakdown);
  const metrics = await getUsageMetrics(ctx);
  const { data } = await getUsageChart(ctx, 30);
  expect(metrics).toMatchObject({ invocations: 10, apiCalls: 12, creditsUsed: 47 });
  expect(data.reduce((sum, { credits }) => sum + credits, 0)).toBe(47);
});

test("keys and members have their names, gone ones say so, and apps their ids", async () => {
  const { ctx, organizationId, keyId, userId, email } = await createOrganization();
  const colleague = await addMember(organizationId, "member");
  const { apiKey: gone } = await createKey(ctx, { name: "Gone" });
  await deleteKey(ctx, gone.id);
  const agentAppId = crypto.randomUUID();
  const row = (fields: Partial<UsageRow>): UsageRow => ({ type: "invocation", at: daysAgo(1), ...fields });
  await addUsage(organizationId, [
    row({ keyId, userId, quantity: 3, agentAppId }),
    row({ keyId: gone.id, userId: colleague.userId, quantity: 2 }),
    row({ keyId: null, userId: null, type: "api_call" }),
  ]);
  const namesBy = async (by: "key" | "member" | "app") => {
    const breakdown = await getUsageBreakdown(ctx, { by, days: 30, limit: 10 });
    expectToAddUp(breakdown);
    return breakdown.items.map(({ id, name, invocations }) => [id, name, invocations]);
  };
  const none = [null, "Not attributed"];
  expect(await namesBy("key")).toEqual([
    [keyId, "Test key", 3],
    [gone.id, "Deleted key", 2],
    [...none, 0],
  ]);
  await system.run(sql`delete from members where user_id = ${colleague.userId}`);
  expect(await namesBy("member")).toEqual([
    [userId, email, 3],
    [colleague.userId, "Former member", 2],
    [...none, 0],
  ]);
  expect(await namesBy("app")).toEqual([
    [agentAppId, "Deleted app", 3],
    [...none, 2],
  ]);
});

test("credits that were given back for earlier days, or never taken, still add up to the ledger", async () => {
  const { ctx, organizationId } = await createOrganization();
  await addUsage(organizationId, [{ type: "deployment", at: daysAgo(1), model: "a", value: 4 }]);
  const unpaid = await getUsageBreakdown(ctx, { by: "model", days: 7, limit: 10 });
  expect(unpaid.items.map(({ credits }) => credits)).toEqual([4, -4]);
  expect(unpaid.total.credits).toBe(0);
  await moveCredits(organizationId, "usage", -9, daysAgo(9));
  await moveCredits(organizationId, "refund", 9, daysAgo(1));
  const refunded = await getUsageBreakdown(ctx, { by: "model", days: 7, limit: 10 });
  expect(refunded.items.map(({ credits }) => credits)).toEqual([4, -13]);
  expectToAddUp(refunded);
});

test("an organization that used nothing has an empty breakdown", async () => {
  const { ctx } = await createOrganization();
  expect(await getUsageBreakdown(ctx, { by: "model", days: 30, limit: 10 })).toEqual({
    by: "model",
    days: 30,
    items: [],
    other: null,
    total: zero,
  });
});

test("shares in whole numbers always add up, each off by less than one", () => {
  const share = fc.integer({ min: 0, max: 50_000_000 }).map((micros) => micros / 10_000);
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 20 }), fc.boolean(), (shares, isUp) => {
      const sum = Math.round(shares.reduce((total, one) => total + one, 0) * 10_000) / 10_000;
      const total = isUp ? Math.ceil(sum) : Math.floor(sum);
      const parts = apportion(total, shares);
      expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
      for (const [index, part] of parts.entries()) expect(Math.abs(part - (shares[index] ?? 0))).toBeLessThan(1);
    }),
  );
});
