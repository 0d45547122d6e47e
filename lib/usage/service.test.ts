import { expect, test } from "vitest";
import { createOrganization } from "#lib/testing/factories";
import { addUsage, daysAgo, moveCredits } from "#lib/testing/usage-rows";
import { changeOf, getUsageChart, getUsageMetrics, listUsageActivity } from "#lib/usage/service";

test("C26 the change has one decimal; from nothing it is 100, and 0 when nothing came", () => {
  const cases: [number, number, number][] = [
    [0, 0, 0],
    [7, 0, 100],
    [0, 7, -100],
    [150, 100, 50],
    [1, 3, -66.7],
    [2, 3, -33.3],
    [1001, 1000, 0.1],
    [10005, 10000, 0.1],
    [9995, 10000, -0.1],
  ];
  for (const [now, before, change] of cases) expect(changeOf(now, before), `${now}/${before}`).toBe(change);
});

test("C26 a new organization has used nothing, and nothing has changed", async () => {
  const { ctx } = await createOrganization();
  expect(await getUsageMetrics(ctx)).toEqual({
    invocations: 0,
    invocationsChange: 0,
    packagesUploaded: 0,
    packagesChange: 0,
    apiCalls: 0,
    apiCallsChange: 0,
    creditsUsed: 0,
    creditsChange: 0,
  });
});

test("C26 counts the last 30 UTC days against the 30 before, to the second", async () => {
  const { ctx, organizationId } = await createOrganization();
  const other = await createOrganization();
  await addUsage(other.organizationId, [{ type: "invocation", at: daysAgo(1), quantity: 1_000 }]);
  await addUsage(organizationId, [
    { type: "invocation", at: daysAgo(0, "00:00:00") },
    { type: "invocation", at: daysAgo(1), quantity: 4 },
    { type: "invocation", at: daysAgo(29, "00:00:00") },
    { type: "invocation", at: daysAgo(30, "23:59:59.999999") },
    { type: "invocation", at: daysAgo(59, "00:00:00"), quantity: 3 },
    { type: "invocation", at: daysAgo(60, "23:59:59.999999"), quantity: 50 },
    { type: "package_upload", at: daysAgo(2) },
    { type: "api_call", at: daysAgo(3), quantity: 40 },
    { type: "api_call", at: daysAgo(45), quantity: 60 },
    { type: "deployment", at: daysAgo(3), value: 2 },
  ]);
  await moveCredits(organizationId, "grant", 1_000, daysAgo(61));
  await moveCredits(organizationId, "usage", -30, daysAgo(5));
  await moveCredits(organizationId, "refund", 10, daysAgo(4));
  await moveCredits(organizationId, "purchase", 500, daysAgo(4));
  await moveCredits(organizationId, "usage", -80, daysAgo(40));

  expect(await getUsageMetrics(ctx)).toEqual({
    invocations: 6,
    invocationsChange: 50,
    packagesUploaded: 1,
    packagesChange: 100,
    apiCalls: 40,
    apiCallsChange: -33.3,
    creditsUsed: 20,
    creditsChange: -75,
  });
});

test("the figures of another number of days are against as many days before", async () => {
  const { ctx, organizationId } = await createOrganization();
  await addUsage(organizationId, [
    { type: "invocation", at: daysAgo(6, "00:00:00"), quantity: 3 },
    { type: "invocation", at: daysAgo(7, "23:59:59.999999"), quantity: 2 },
    { type: "invocation", at: daysAgo(13, "00:00:00"), quantity: 2 },
    { type: "invocation", at: daysAgo(14, "23:59:59.999999"), quantity: 50 },
  ]);
  expect(await getUsageMetrics(ctx, new Date(), 7)).toMatchObject({ invocations: 3, invocationsChange: -25 });
});

test("C26 credits given back for an earlier time never make the use negative", async () => {
  const { ctx, organizationId } = await createOrganization();
  await moveCredits(organizationId, "usage", -20, daysAgo(31));
  await moveCredits(organizationId, "refund", 20, daysAgo(1));
  expect(await getUsageMetrics(ctx)).toMatchObject({ creditsUsed: 0, creditsChange: -100 });
});

test("C27 has exactly one row a UTC day, across a month's end, with a row's second deciding its day", async () => {
  const { ctx, organizationId } = await createOrganization();
  const at = new Date("2026-03-02T00:00:00Z");
  await addUsage(organizationId, [
    { type: "invocation", at: "2026-02-26T23:59:59.999999Z", quantity: 100 },
    { type: "invocation", at: "2026-02-27T00:00:00Z" },
    { type: "invocation", at: "2026-02-28T23:59:59.999999Z", quantity: 2 },
    { type: "invocation", at: "2026-03-01T00:00:00Z", quantity: 3 },
    { type: "api_call", at: "2026-03-01T00:00:00Z", quantity: 500 },
    { type: "invocation", at: "2026-03-02T23:59:59Z", quantity: 4 },
    { type: "invocation", at: "2026-03-03T00:00:00Z", quantity: 200 },
  ]);
  await moveCredits(organizationId, "grant", 1_000, "2026-02-01T00:00:00Z");
  await moveCredits(organizationId, "usage", -10, "2026-02-28T23:59:59.999999Z");
  await moveCredits(organizationId, "usage", -7, "2026-03-01T00:00:00Z");
  await moveCredits(organizationId, "refund", 10, "2026-03-02T00:00:00Z");

  expect(await getUsageChart(ctx, 4, at)).toEqual({
    data: [
      { date: "Feb 27", invocations: 1, credits: 0 },
      { date: "Feb 28", invocations: 2, credits: 10 },
      { date: "Mar 01", invocations: 3, credits: 7 },
      { date: "Mar 02", invocations: 4, credits: -10 },
    ],
  });
});

test("C27 has 1, 30 and 365 rows, leap day included, and ends today", async () => {
  const { ctx } = await createOrganization();
  for (const days of [1, 30, 365]) {
    const { data } = await getUsageChart(ctx, days, new Date("2024-03-01T23:59:59Z"));
    expect(data).toHaveLength(days);
    expect(data.at(-1)).toEqual({ date: "Mar 01", invocations: 0, credits: 0 });
    if (days > 1) expect(data.at(-2)?.date).toBe("Feb 29");
  }
  expect((await getUsageChart(ctx, 365, new Date("2024-03-01T00:00:00Z"))).data[0]?.date).toBe("Mar 03");
});

test("C26, C27 the chart's 30 days add up to the metrics", async () => {
  const { ctx, organizationId } = await createOrganization();
  await moveCredits(organizationId, "grant", 10_000, daysAgo(70));
  await addUsage(
    organizationId,
    Array.from({ length: 70 }, (_, day) => ({ type: "invocation", at: daysAgo(day, "23:59:59"), quantity: day + 1 })),
  );
  for (let day = 0; day < 70; day += 7)
    await moveCredits(organizationId, "usage", -(day + 1), daysAgo(day, "00:00:00"));
  const { data } = await getUsageChart(ctx, 30);
  const metrics = await getUsageMetrics(ctx);
  expect(data.reduce((sum, { invocations }) => sum + invocations, 0)).toBe(metrics.invocations);
  expect(data.reduce((sum, { credits }) => sum + credits, 0)).toBe(metrics.creditsUsed);
  expect(metrics).toMatchObject({ invocations: (30 * 31) / 2, creditsUsed: 1 + 8 + 15 + 22 + 29 });
});

test("C28 lists newest first, values where there are some, and never an API call or another organization's", async () => {
  const { ctx, organizationId } = await createOrganization();
  const other = await createOrganization();
  await addUsage(other.organizationId, [{ type: "invocation", at: daysAgo(0), description: "not yours" }]);
  const ids = await addUsage(organizationId, [
    { type: "package_upload", at: daysAgo(3), description: "Package 1.0.0" },
    { type: "invocation", at: daysAgo(2), description: "Agent invocation", value: 10 },
    { type: "api_call", at: daysAgo(1), quantity: 7 },
  ]);
  const { events } = await listUsageActivity(ctx, { limit: 20, offset: 0 });
  expect(events.map(({ type }) => type)).toEqual(["key_created", "invocation", "package_upload"]);
  expect(events.slice(1)).toEqual([
    {
      id: ids[1],
      type: "invocation",
      description: "Agent invocation",
      value: 10,
      timestamp: `${daysAgo(2).slice(0, -1)}.000Z`,
    },
    { id: ids[0], type: "package_upload", description: "Package 1.0.0", timestamp: `${daysAgo(3).slice(0, -1)}.000Z` },
  ]);
  expect((await listUsageActivity(ctx, { limit: 1, offset: 1 })).events[0]?.id).toBe(ids[1]);
});
