import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { selectCounts } from "#lib/workdesk/queries";
import type { StatsAnswer } from "#lib/workdesk/schema";

/** What the document claims that a rotation saves. */
const savedPerRotation = { credits: 15, minutes: 20 };

/** Figures over all projects and accounts of the organization (contract P1). */
export async function getStats(ctx: Context): Promise<StatsAnswer> {
  const counts = await selectCounts(tenant(ctx), ctx.organizationId);
  return {
    data: {
      active_projects: counts.activeProjects,
      active_accounts: counts.activeAccounts,
      total_credits: counts.totalCredits,
      total_sessions: counts.totalSessions,
      rotations: counts.rotations,
      estimated_savings: {
        credits: savedPerRotation.credits * counts.rotations,
        minutes: savedPerRotation.minutes * counts.rotations,
      },
    },
  };
}
