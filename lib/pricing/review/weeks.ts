import type { Context } from "#lib/context";
import { type Tx, tenant } from "#lib/db/transaction";
import { compareWeeks, type WeeklyMetrics, weeklyMetrics } from "#lib/pricing/review/calculate";
import { selectWeeks, type WeekRow } from "#lib/pricing/review/queries";

const millionthsPerBp = 10_000n;

function metricsOf({ count, approved, marginBp, created, closed }: WeekRow): WeeklyMetrics {
  return weeklyMetrics({ count, approved, marginSum: BigInt(marginBp) * millionthsPerBp }, { created, closed });
}

const nothing = weeklyMetrics({ count: 0, approved: 0, marginSum: 0n }, { created: 0, closed: 0 });

/** This ISO week (UTC) from the stored decisions, and how it differs from the last. */
export async function currentWeek(tx: Tx, ctx: Context) {
  const [current = nothing, previous = nothing] = (await selectWeeks(tx, ctx.organizationId, 2)).map(metricsOf);
  return { metrics: current, comparison: compareWeeks(current, previous) };
}

/** The last weeks (12 unless said, this one first), each with its Monday, for the weekly review and its charts. */
export async function weeklyReview(ctx: Context, weeks = 12) {
  const rows = await selectWeeks(tenant(ctx), ctx.organizationId, weeks);
  const metrics = rows.map((row) => ({ week: row.week, ...metricsOf(row) }));
  const [current = nothing, previous = nothing] = metrics;
  return { weeks: metrics, comparison: compareWeeks(current, previous) };
}
