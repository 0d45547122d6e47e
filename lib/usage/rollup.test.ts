import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { createOrganization } from "#lib/testing/factories";
import { addUsage, closedThrough, daysAgo, moveCredits, type UsageRow } from "#lib/testing/usage-rows";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { rollUpUsage } from "#lib/usage/rollup";
import type { Dimension } from "#lib/usage/schema";
import { getUsageChart, getUsageMetrics } from "#lib/usage/service";

type Organization = Awaited<ReturnType<typeof createOrganization>>;

async function figuresOf({ ctx }: Organization) {
  const by: Dimension[] = ["model", "app", "key", "member"];
  const breakdowns = by.map((one) => getUsageBreakdown(ctx, { by: one, days: 90, limit: 3 }));
  return {
    metrics: await getUsageMetrics(ctx),
    charts: await Promise.all([1, 2, 3, 30, 365].map((days) => getUsageChart(ctx, days))),
    breakdowns: await Promise.all(breakdowns),
  };
}

async function withHistory(): Promise<Organization> {
  const organization = await createOrganization();
  const { organizationId, keyId, userId } = organization;
  const rows: UsageRow[] = Array.from({ length: 400 }, (_, index) => ({
    type: ["invocation", "api_call", "package_upload", "deployment", "credit_topup"][index % 5] ?? "invocation",
    at: daysAgo(index % 80, index % 2 ? "00:00:00" : "23:59:59.999999"),
    quantity: (index % 7) + 1,
    value: index % 3 ? null : (index % 10) + 0.25,
    model: index % 4 ? `model-${index % 6}` : null,
    keyId: index % 2 ? keyId : null,
    userId,
    costMicros: index % 8 ? null : index * 10,
  }));
  await moveCredits(organizationId, "grant", 100_000, daysAgo(90));
  await addUsage(organizationId, rows);
  for (let day = 0; day < 80; day += 3) {
    await moveCredits(organizationId, "usage", -(day + 5), daysAgo(day, "00:00:00"));
    await moveCredits(organizationId, "refund", 2, daysAgo(day, "23:59:59.999999"));
  }
  return organization;
}

function totalsOf(organizationId: string): Promise<object[]> {
  return system.all(sql`
    select to_jsonb(d) as total from usage_daily d where organization_id = ${organizationId} order by to_jsonb(d)::text`);
}

test("C26, C27 every figure is the same whether its days are added up or not", async () => {
  const organization = await withHistory();
  expect(await closedThrough(organization.organizationId)).toBe(daysAgo(91).slice(0, 10));
  const before = await figuresOf(organization);
  expect(before.metrics.invocations).toBeGreaterThan(0);
  expect(before.metrics.creditsUsed).toBeGreaterThan(0);

  expect(await rollUpUsage(60_000)).toBe(true);

  expect(await closedThrough(organization.organizationId)).toBe(daysAgo(2).slice(0, 10));
  expect((await totalsOf(organization.organizationId)).length).toBeGreaterThan(78);
  expect(await figuresOf(organization)).toEqual(before);
});

test("C26 closed days are read from their totals, open ones from their rows, and none twice", async () => {
  const organization = await withHistory();
  const { organizationId } = organization;
  await rollUpUsage(60_000);
  const before = await getUsageMetrics(organization.ctx);
  await system.run(sql`
    update usage_daily set quantity = quantity + 1000
    where organization_id = ${organizationId} and (day, type) = (
      select day, type from usage_daily where organization_id = ${organizationId} and type = 'invocation'
        and day > current_date - 20 limit 1) `);
  expect((await getUsageMetrics(organization.ctx)).invocations).toBeGreaterThanOrEqual(before.invocations + 1_000);
  await addUsage(organizationId, [{ type: "package_upload", at: daysAgo(1), quantity: 3 }]);
  expect((await getUsageMetrics(organization.ctx)).packagesUploaded).toBe(before.packagesUploaded + 3);
});

test("adding up again, and by several workers at once, changes nothing", async () => {
  const organization = await withHistory();
  await Promise.all([rollUpUsage(60_000), rollUpUsage(60_000), rollUpUsage(60_000)]);
  await rollUpUsage(60_000);
  const once = await totalsOf(organization.organizationId);
  await system.run(sql`
    update usage_rollups set through = through - 40 where organization_id = ${organization.organizationId}`);
  await Promise.all([rollUpUsage(60_000), rollUpUsage(60_000)]);
  await rollUpUsage(60_000);
  expect(await totalsOf(organization.organizationId)).toEqual(once);
});

test("a row that comes late opens its day again, and the next round closes it with the row", async () => {
  const organization = await withHistory();
  const { organizationId, ctx } = organization;
  await rollUpUsage(60_000);
  const before = await getUsageMetrics(ctx);
  await addUsage(organizationId, [{ type: "invocation", at: daysAgo(10), quantity: 11 }]);
  await moveCredits(organizationId, "usage", -13, daysAgo(12));
  const expected = { invocations: before.invocations + 11, creditsUsed: before.creditsUsed + 13 };
  expect(await getUsageMetrics(ctx)).toMatchObject(expected);
  await rollUpUsage(60_000);
  expect(await closedThrough(organizationId)).toBe(daysAgo(2).slice(0, 10));
  expect(await getUsageMetrics(ctx)).toMatchObject(expected);
});

test("a late row whose transaction overlaps the adding up is not lost", async () => {
  const organization = await withHistory();
  const { organizationId, ctx } = organization;
  await rollUpUsage(60_000);
  const before = await getUsageMetrics(ctx);
  await system.run(sql`update usage_rollups set through = through - 30 where organization_id = ${organizationId}`);
  let adding: Promise<boolean> | undefined;
  await systemTransaction(async (tx) => {
    await tx.run(sql`
      insert into usage_events (id, organization_id, type, description, quantity, created_at)
      values (gen_random_uuid(), ${organizationId}, 'invocation', 'late', 5, ${daysAgo(9)})`);
    adding = rollUpUsage(2_000);
    await adding;
  });
  await rollUpUsage(60_000);
  expect((await getUsageMetrics(ctx)).invocations).toBe(before.invocations + 5);
  expect(await closedThrough(organizationId)).toBe(daysAgo(2).slice(0, 10));
});

test("the adding up stops when its time is over and goes on in the next round", async () => {
  await withHistory();
  expect(await rollUpUsage(0)).toBe(false);
  expect(await rollUpUsage(60_000)).toBe(true);
});
