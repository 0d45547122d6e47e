import { type Context, userIdOf } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import {
  type OnboardingFacts,
  type RunTotals,
  selectOnboarding,
  selectRunTotals,
  updateOnboardingDismissed,
} from "#lib/overview/queries";
import type { UsageMetrics } from "#lib/usage/schema";
import { getUsageMetrics, metricsDays } from "#lib/usage/service";

export type Summary = RunTotals & Pick<UsageMetrics, "creditsUsed"> & { days: number };

/**
 * The last 30 UTC days: runs, failures, tokens and cost (millionths of a US dollar, null when no price is known), and the
 * credits used, as every page shows them.
 */
export async function summarize(ctx: Context): Promise<Summary> {
  const [runs, { creditsUsed }] = await Promise.all([
    selectRunTotals(tenant(ctx), ctx.organizationId, metricsDays),
    getUsageMetrics(ctx),
  ]);
  return { ...runs, creditsUsed, days: metricsDays };
}

/** The steps of the first use, from what is stored; `dismissed` is the person's own choice. */
export function getOnboarding(ctx: Context): Promise<OnboardingFacts> {
  return selectOnboarding(tenant(ctx), ctx.organizationId, userIdOf(ctx));
}

/** Hides the first steps for the person who asks. */
export async function dismissOnboarding(ctx: Context): Promise<void> {
  const userId = userIdOf(ctx);
  if (userId) await updateOnboardingDismissed(tenant(ctx), userId);
}
