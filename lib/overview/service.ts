import { type Context, userIdOf } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import {
  type OnboardingFacts,
  type RunTotals,
  selectOnboarding,
  selectRunTotals,
  updateOnboardingDismissed,
} from "#lib/overview/queries";

/** Runs, failures, tokens and cost (millionths of a US dollar, null when no price is known) of the last `days` days. */
export function summarizeRuns(ctx: Context, days: number): Promise<RunTotals> {
  return selectRunTotals(tenant(ctx), ctx.organizationId, days);
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
