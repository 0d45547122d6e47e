import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { addDays, lastDays } from "#lib/usage/days";
import { selectActivity, selectDays, selectFigures } from "#lib/usage/queries";
import type { ActivityQuery, UsageActivity, UsageChart, UsageMetrics } from "#lib/usage/schema";

/** The span of the figures on the overview and of C26. */
export const metricsDays = 30;

/** Per cent from `before` to `now` with one decimal; from nothing to something is 100. */
export function changeOf(now: number, before: number): number {
  if (before === 0) return now === 0 ? 0 : 100;
  const tenths = ((now - before) * 1_000) / before;
  return (Math.sign(tenths) * Math.round(Math.abs(tenths))) / 10;
}

/** Credits given back for an earlier time can outweigh what was used: then nothing was used. */
const used = (credits: number) => Math.max(0, credits);

/** The last `days` UTC days (30 in C26), today included as in C27, against as many before them. */
export async function getUsageMetrics(ctx: Context, at = new Date(), days = metricsDays): Promise<UsageMetrics> {
  const { from: middle, to } = lastDays(days, at);
  const range = { from: addDays(middle, -days), to };
  const { now, before } = await selectFigures(tenant(ctx), ctx.organizationId, range, middle);
  return {
    invocations: now.invocations,
    invocationsChange: changeOf(now.invocations, before.invocations),
    packagesUploaded: now.packages,
    packagesChange: changeOf(now.packages, before.packages),
    apiCalls: now.apiCalls,
    apiCallsChange: changeOf(now.apiCalls, before.apiCalls),
    creditsUsed: used(now.credits),
    creditsChange: changeOf(used(now.credits), used(before.credits)),
  };
}

/** Invocations and credits of each of the last `days` UTC days, oldest first, days without any included. */
export async function getUsageChart(ctx: Context, days: number, at = new Date()): Promise<UsageChart> {
  return { data: await selectDays(tenant(ctx), ctx.organizationId, lastDays(days, at)) };
}

/** What happened in the organization, newest first, without the API calls, which are only counted. */
export async function listUsageActivity(ctx: Context, page: ActivityQuery): Promise<UsageActivity> {
  const rows = await selectActivity(tenant(ctx), ctx.organizationId, page);
  return {
    events: rows.map(({ id, type, description, value, createdAt }) => ({
      id,
      type,
      description,
      ...(value !== null && { value }),
      timestamp: createdAt,
    })),
  };
}
