import type { Context } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { requireProject } from "#lib/projects/service";
import { type CreditFigures, selectCreditFigures } from "#lib/work-sessions/queries";
import type { AnalyzeCredits, CreditAnalysis } from "#lib/work-sessions/schema";

const target = "Target range: 85-92 credits per session";

/** Compared as whole numbers, total against bound times count: no average is rounded into another band. */
export function efficiencyOf(total: number, count: number): CreditAnalysis["efficiency_score"] {
  if (count === 0) return "needs_improvement";
  if (total >= 85 * count && total <= 92 * count) return "optimal";
  return total >= 75 * count && total <= 95 * count ? "good" : "needs_improvement";
}

function recommendationsOf({ credits, sessions }: CreditFigures): string[] {
  if (sessions === 0) return ["Record work sessions with their credits, so that there is something to analyze."];
  if (efficiencyOf(credits, sessions) === "optimal") return ["Excellent! Keep this pattern.", target];
  return credits < 85 * sessions
    ? ["Use more of an account's credits before handing over.", target]
    : ["Hand over earlier, before a session uses this many credits.", target];
}

/** How well a project's sessions of the last days use their accounts' credits (contract P12). Throws `not_found`. */
export async function analyzeCredits(ctx: Context, input: AnalyzeCredits): Promise<{ data: CreditAnalysis }> {
  return transaction(ctx, async (tx) => {
    await requireProject(tx, ctx, input.project_id);
    const figures = await selectCreditFigures(tx, ctx.organizationId, input.project_id, input.days);
    return {
      data: {
        total_sessions: figures.sessions,
        total_credits: figures.credits,
        avg_credits_per_session: figures.average,
        min_credits: figures.least,
        max_credits: figures.most,
        efficiency_score: efficiencyOf(figures.credits, figures.sessions),
        recommendations: recommendationsOf(figures),
      },
    };
  });
}
