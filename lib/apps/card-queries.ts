import type { Context } from "#lib/context";
import { type empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { DeploymentStatus } from "#lib/deployments/schema";
import type { Page } from "#lib/page";

export type LastDeployment = { id: string; status: DeploymentStatus; version: string; created_at: string };

export type AppCard = {
  id: string;
  name: string;
  description: string | null;
  isPublic: boolean;
  createdAt: string;
  deployedPackageId: string | null;
  /** Of the package that answers now. */
  version: string | null;
  packages: number;
  /** Calls of the last 7 days. */
  invocations: number;
  deployment: LastDeployment | null;
};

const cards = (organizationId: string, where: typeof empty) => sql`
  select a.id, a.name, a.description, a.is_public, a.created_at, a.deployed_package_id, live.version,
    (select count(*) from packages p where p.organization_id = a.organization_id and p.agent_app_id = a.id) as packages,
    (select count(*) from invocations i where i.organization_id = a.organization_id and i.agent_app_id = a.id
      and i.created_at > now() - interval '7 days') as invocations,
    (select json_build_object('id', d.id, 'status', d.status, 'version', d.version,
        'created_at', to_char(d.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from deployments d where d.organization_id = a.organization_id and d.agent_app_id = a.id
      order by d.created_at desc, d.id desc limit 1) as deployment
  from (
    select id, organization_id, name, description, is_public, created_at, deployed_package_id
    from agent_apps where organization_id = ${organizationId} ${where}
  ) a
    left join packages live on live.organization_id = a.organization_id and live.id = a.deployed_package_id`;

/** The apps whose name holds `text`, newest first, with what became of each. */
export function selectAppCards(tx: Tx, ctx: Context, text: string, { limit, offset }: Page): Promise<AppCard[]> {
  const named = sql`and position(lower(${text}) in lower(name)) > 0
    order by created_at desc, id desc limit ${limit} offset ${offset}`;
  return tx.all(sql`${cards(ctx.organizationId, named)} order by a.created_at desc, a.id desc`);
}

export function selectAppCard(tx: Tx, ctx: Context, id: string): Promise<AppCard | undefined> {
  return tx.maybe(cards(ctx.organizationId, sql`and id = ${id}`));
}
