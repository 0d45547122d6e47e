import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { summarize } from "#lib/overview/service";
import { completeRun, failRun, startRun } from "#lib/runs/service";
import { createOrganization } from "#lib/testing/factories";
import { daysAgo, moveCredits } from "#lib/testing/usage-rows";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { getBudget } from "#lib/usage/budget/service";
import { getUsageChart, getUsageMetrics } from "#lib/usage/service";

test("the overview shows the credits that metrics, chart, breakdown and budget show", async () => {
  const { ctx, organizationId } = await createOrganization();
  const firstOfMonth = Math.min(new Date().getUTCDate() - 1, 29);
  await moveCredits(organizationId, "grant", 500, daysAgo(40));
  await moveCredits(organizationId, "usage", -60, daysAgo(firstOfMonth, "00:00:00"));
  await moveCredits(organizationId, "refund", 20, daysAgo(0, "00:00:00"));
  await moveCredits(organizationId, "usage", -100, daysAgo(35));
  const { creditsUsed, days } = await summarize(ctx);
  expect({ creditsUsed, days }).toEqual({ creditsUsed: 40, days: 30 });
  expect((await getUsageMetrics(ctx)).creditsUsed).toBe(40);
  const { data } = await getUsageChart(ctx, 30);
  expect(data.reduce((sum, { credits }) => sum + credits, 0)).toBe(40);
  expect((await getUsageBreakdown(ctx, { by: "model", days: 30, limit: 10 })).total.credits).toBe(40);
  expect((await getBudget(ctx)).budget.creditsUsed).toBe(40);
});

test("the overview counts the runs of the same 30 UTC days", async () => {
  const { ctx, organizationId } = await createOrganization();
  const run = { kind: "chat", strategy: "single", model: null, input: null } as const;
  const ids = [];
  for (let count = 0; count < 4; count++) ids.push((await startRun(ctx, run)).id);
  await completeRun(ctx, ids[0] ?? "", { output: "done", score: null, model: "gpt4" });
  await failRun(ctx, ids[1] ?? "", { status: "failed", errorCode: "timeout", errorMessage: "late" });
  const move = (id: string | undefined, at: string) =>
    system.run(sql`update runs set created_at = ${at} where id = ${id} and organization_id = ${organizationId}`);
  await move(ids[2], daysAgo(29, "00:00:00"));
  await move(ids[3], daysAgo(30, "23:59:59.999999"));
  expect(await summarize(ctx)).toMatchObject({ runs: 3, failed: 1, creditsUsed: 0 });
});
