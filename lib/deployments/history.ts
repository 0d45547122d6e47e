import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import {
  type DeploymentCredits,
  type HistoryRow,
  selectDeploymentCredits,
  selectHistory,
} from "#lib/deployments/history-queries";
import type { DeploymentStatus } from "#lib/deployments/schema";
import { notFound } from "#lib/errors";
import type { Page } from "#lib/page";

/** An app's deployments in one state, or in any, newest first, with who asked for each. */
export function listHistory(
  ctx: Context,
  appId: string,
  { status, ...page }: Page & { status: DeploymentStatus | null },
): Promise<HistoryRow[]> {
  return selectHistory(tenant(ctx), ctx, appId, status, page);
}

/** What a deployment took from the ledger and what came back, in credits. Throws `not_found`. */
export async function getDeploymentCredits(ctx: Context, id: string): Promise<DeploymentCredits> {
  const credits = await selectDeploymentCredits(tenant(ctx), ctx, id);
  if (!credits) throw notFound("Deployment");
  return credits;
}
