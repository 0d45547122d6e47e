import { afterEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { addMember, createOrganization } from "#lib/testing/factories";
import { startFakeSmtp } from "#lib/testing/fake-smtp";
import { closedThrough, daysAgo, moveCredits } from "#lib/testing/usage-rows";
import { getBudget, raiseBudgetAlerts, setBudget } from "#lib/usage/budget/service";
import { addDays, utcDay } from "#lib/usage/days";
import { rollUpUsage } from "#lib/usage/rollup";

const today = utcDay(new Date());
const month = today.slice(0, 7);
const monthStart = `${month}-01T00:00:00Z`;
const lastMonthEnd = `${addDays(`${month}-01`, -1)}T23:59:59.999999Z`;

afterEach(() => provideEnvironment({ SMTP_URL: "" }));

async function withBudget(monthlyCredits: number) {
  const organization = await createOrganization();
  await moveCredits(organization.organizationId, "grant", 10_000, daysAgo(70));
  await setBudget(organization.ctx, { monthlyCredits });
  return organization;
}

const alertsOf = async (ctx: Parameters<typeof getBudget>[0]) =>
  (await getBudget(ctx)).budget.alerts.map(({ percent, creditsUsed }) => [percent, creditsUsed]);

function eventsOf(organizationId: string): Promise<{ data: object }[]> {
  return system.all(sql`
    select data from events where organization_id = ${organizationId} and type = 'budget.alert' order by id`);
}

test("a budget is what was used since the first of the month in UTC; what came before does not count", async () => {
  const { ctx, organizationId } = await withBudget(200);
  await moveCredits(organizationId, "usage", -500, lastMonthEnd);
  await moveCredits(organizationId, "usage", -31, monthStart);
  await moveCredits(organizationId, "refund", 1, daysAgo(0, "00:00:01"));
  expect(await getBudget(ctx)).toEqual({
    budget: { monthlyCredits: 200, creditsUsed: 30, percentUsed: 15, month, alerts: [] },
  });
  await setBudget(ctx, { monthlyCredits: null });
  expect((await getBudget(ctx)).budget).toMatchObject({ monthlyCredits: null, percentUsed: null, creditsUsed: 30 });
});

test("50, 80 and 100 % are each announced once a month, exactly from the share on", async () => {
  const { ctx, organizationId } = await withBudget(100);
  const spend = async (credits: number) => {
    await moveCredits(organizationId, "usage", -credits, daysAgo(0, "00:00:00"));
    await Promise.all([raiseBudgetAlerts(), raiseBudgetAlerts()]);
    return alertsOf(ctx);
  };
  expect(await spend(49)).toEqual([]);
  expect(await spend(1)).toEqual([[50, 50]]);
  expect(await spend(29)).toEqual([[50, 50]]);
  expect(await spend(1)).toEqual([
    [50, 50],
    [80, 80],
  ]);
  expect(await spend(45)).toEqual([
    [50, 50],
    [80, 80],
    [100, 125],
  ]);
  expect(await spend(500)).toEqual([
    [50, 50],
    [80, 80],
    [100, 125],
  ]);
  expect((await eventsOf(organizationId)).map(({ data }) => data)).toEqual(
    [
      [50, 50],
      [80, 80],
      [100, 125],
    ].map(([percent, used]) => ({
      percent,
      month,
      credits_used: used,
      monthly_credits: 100,
    })),
  );
});

test("a jump over several shares announces them all; the alerts of last month do not count for this one", async () => {
  const { ctx, organizationId } = await withBudget(10);
  await system.run(sql`
    insert into usage_alerts (organization_id, month, percent, credits_used, budget)
    select ${organizationId}::uuid, date_trunc('month', now() - interval '1 month')::date, percent, 10, 10
    from unnest(array[50, 80, 100]) as percent`);
  await moveCredits(organizationId, "usage", -11, daysAgo(0, "00:00:00"));
  await raiseBudgetAlerts();
  expect(await alertsOf(ctx)).toEqual([
    [50, 11],
    [80, 11],
    [100, 11],
  ]);
});

test("organizations without a budget are left alone, and alerts are the same when days are added up", async () => {
  const without = await createOrganization();
  await moveCredits(without.organizationId, "usage", -20, daysAgo(0, "00:00:00"));
  const { ctx, organizationId } = await withBudget(100);
  for (let day = 0; `${addDays(today, -day)}` >= `${month}-01`; day++)
    await moveCredits(organizationId, "usage", -10, daysAgo(day, "00:00:00"));
  const before = (await getBudget(ctx)).budget.creditsUsed;
  expect(before).toBe(Number(today.slice(8)) * 10);
  await rollUpUsage(60_000);
  expect(await closedThrough(organizationId)).toBe(daysAgo(2).slice(0, 10));
  expect((await getBudget(ctx)).budget.creditsUsed).toBe(before);
  await raiseBudgetAlerts();
  expect((await alertsOf(ctx)).length).toBe([50, 80, 100].filter((percent) => before >= percent).length);
  expect(await alertsOf(without.ctx)).toEqual([]);
});

test("owners are mailed once about the highest share; others are not", async () => {
  const { organizationId, email } = await withBudget(10);
  const colleague = await addMember(organizationId, "admin");
  const smtp = await startFakeSmtp();
  provideEnvironment({ SMTP_URL: smtp.url });
  await moveCredits(organizationId, "usage", -9, daysAgo(0, "00:00:00"));
  for (let round = 0; round < 3; round++) await raiseBudgetAlerts();
  await smtp.stop();
  const mine = smtp.mails.filter(({ to }) => to.includes(email));
  expect(mine).toHaveLength(1);
  expect(mine[0]?.text).toContain("80 % of");
  expect(mine[0]?.text).toContain("9 of 10 credits");
  expect(smtp.mails.flatMap(({ to }) => to)).not.toContain(colleague.email);
});

test("a mail that could not be sent is sent in a later round", async () => {
  const { organizationId, email } = await withBudget(10);
  provideEnvironment({ SMTP_URL: "smtp://127.0.0.1:1" });
  await moveCredits(organizationId, "usage", -5, daysAgo(0, "00:00:00"));
  await raiseBudgetAlerts();
  const smtp = await startFakeSmtp();
  provideEnvironment({ SMTP_URL: smtp.url });
  await raiseBudgetAlerts();
  await raiseBudgetAlerts();
  await smtp.stop();
  expect(smtp.mails.filter(({ to }) => to.includes(email))).toHaveLength(1);
});
