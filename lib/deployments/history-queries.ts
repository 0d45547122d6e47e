import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { DeploymentStatus } from "#lib/deployments/schema";
import type { Page } from "#lib/page";

export type HistoryRow = {
  id: string;
  packageId: string;
  version: string;
  status: DeploymentStatus;
  error: string | null;
  costCredits: number;
  isCurrent: boolean;
  /** Who asked for it: an API key by name, or a person by e-mail; null when neither exists any more. */
  keyName: string | null;
  email: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
};

/** An app's deployments in one state, or in any, newest first, with who asked for each. */
export function selectHistory(
  tx: Tx,
  ctx: Context,
  appId: string,
  status: DeploymentStatus | null,
  { limit, offset }: Page,
): Promise<HistoryRow[]> {
  return tx.all(sql`
    select d.id, d.package_id, d.version, d.status, d.error, d.cost_credits, d.created_at, d.started_at, d.completed_at,
      d.id = a.current_deployment_id as is_current, k.name as key_name, p.email
    from deployments d
      join agent_apps a on a.id = d.agent_app_id and a.organization_id = d.organization_id
      left join api_keys k on k.id = d.api_key_id and k.organization_id = d.organization_id
      left join profiles p on p.user_id = d.user_id and exists (
        select 1 from members m where m.organization_id = d.organization_id and m.user_id = d.user_id)
    where d.organization_id = ${ctx.organizationId} and d.agent_app_id = ${appId}
      and d.status = coalesce(${status}::text, d.status)
    order by d.created_at desc, d.id desc limit ${limit} offset ${offset}`);
}

/** What the ledger says of a deployment; null while nothing was moved. */
export type DeploymentCredits = { charged: number | null; refunded: number | null };

export function selectDeploymentCredits(tx: Tx, ctx: Context, id: string): Promise<DeploymentCredits | undefined> {
  return tx.maybe(sql`
    select -charge.amount as charged, refund.amount as refunded
    from deployments d
      left join credit_transactions charge
        on charge.organization_id = d.organization_id and charge.reference = d.debit_reference
      left join credit_transactions refund
        on refund.organization_id = d.organization_id and refund.reference = 'refund:' || d.debit_reference
    where d.organization_id = ${ctx.organizationId} and d.id = ${id}`);
}
