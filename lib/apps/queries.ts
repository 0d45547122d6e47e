import type { Context } from "#lib/context";
import { empty, sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";

/** Packages that a list of apps shows of each; all of them are in the list of its packages. */
const packagesShown = 100;

export type AppRow = {
  id: string;
  organizationId: string;
  name: string;
  description: string | null;
  isPublic: boolean;
  sealedSigningSecret: Buffer | null;
  publicKey: string | null;
  requireSignature: boolean;
  deployedPackageId: string | null;
  createdAt: string;
  updatedAt: string;
};

export type AppPackage = { id: string; version: string; size: number; objectKey: string; createdAt: string };

const columns = sql`id, organization_id, name, description, is_public, sealed_signing_secret, public_key,
  require_signature, deployed_package_id, created_at, updated_at`;

export type NewApp = Pick<AppRow, "id" | "organizationId" | "name" | "description" | "isPublic"> & {
  createdBy: string | null;
};

export function insertApp(tx: Tx, app: NewApp): Promise<AppRow> {
  return tx.one(sql`
    insert into agent_apps (id, organization_id, created_by, name, description, is_public)
    values (${app.id}, ${app.organizationId}, ${app.createdBy}, ${app.name}, ${app.description}, ${app.isPublic})
    returning ${columns}`);
}

const locks = { none: empty, share: sql`for key share`, update: sql`for update` };

/**
 * `share` keeps the app from being deleted until the transaction ends; `update` also from being changed and from getting
 * packages and deployments.
 */
export type AppLock = keyof typeof locks;

export function selectApp(
  tx: Tx,
  organizationId: string,
  id: string,
  lock: AppLock = "none",
): Promise<AppRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from agent_apps where organization_id = ${organizationId} and id = ${id} ${locks[lock]}`);
}

/** A public app of any organization, read with Baton's own rights: a tenant sees only its own rows. */
export function selectPublicApp(id: string): Promise<AppRow | undefined> {
  return system.maybe(sql`select ${columns} from agent_apps where id = ${id} and is_public`);
}

/** The organization's apps, newest first, each with its newest packages. */
export function selectApps(
  tx: Tx,
  organizationId: string,
  { limit, offset }: Page,
): Promise<(AppRow & { packages: { id: string; version: string; created_at: string }[] })[]> {
  return tx.all(sql`
    select a.*, coalesce(p.packages, '[]') as packages
    from (
      select ${columns} from agent_apps where organization_id = ${organizationId}
      order by created_at desc, id desc limit ${limit} offset ${offset}
    ) a
    left join lateral (
      select json_agg(json_build_object('id', n.id, 'version', n.version,
        'created_at', to_char(n.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) as packages
      from (
        select id, version, created_at from packages where agent_app_id = a.id and organization_id = ${organizationId}
        order by created_at desc, id desc limit ${packagesShown}
      ) n
    ) p on true
    order by a.created_at desc, a.id desc`);
}

/** An app's packages, newest first. `tx` is the tenant's, or Baton's own for a public app. */
export function selectAppPackages(
  tx: Tx,
  { organizationId, id }: Pick<AppRow, "organizationId" | "id">,
  { limit, offset }: Page,
): Promise<AppPackage[]> {
  return tx.all(sql`
    select id, version, size, object_key, created_at from packages
    where organization_id = ${organizationId} and agent_app_id = ${id}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

export type AppChange = Pick<AppRow, "name" | "description" | "isPublic" | "publicKey" | "requireSignature">;

export function updateAppRow(tx: Tx, organizationId: string, id: string, change: AppChange): Promise<AppRow> {
  return tx.one(sql`
    update agent_apps set name = ${change.name}, description = ${change.description}, is_public = ${change.isPublic},
      public_key = ${change.publicKey}, require_signature = ${change.requireSignature}, updated_at = now()
    where organization_id = ${organizationId} and id = ${id}
    returning ${columns}`);
}

export function updateSigningSecret(
  tx: Tx,
  organizationId: string,
  id: string,
  sealed: Buffer | null,
): Promise<number> {
  return tx.run(sql`
    update agent_apps set sealed_signing_secret = ${sealed}, updated_at = now()
    where organization_id = ${organizationId} and id = ${id}`);
}

/** Deletes an app with its packages, uploads and deployments. Answers the keys of its objects. */
export function deleteAppRow(tx: Tx, organizationId: string, id: string): Promise<{ objectKey: string }[]> {
  return tx.all(sql`
    with objects as (
      select object_key from packages where organization_id = ${organizationId} and agent_app_id = ${id}
      union all
      select object_key from package_uploads where organization_id = ${organizationId} and agent_app_id = ${id}
    ), gone as (delete from agent_apps where organization_id = ${organizationId} and id = ${id})
    select object_key from objects`);
}

/** Whether a deployment of the app (or of this one package of it) waits or runs. */
export async function hasActiveDeployment(tx: Tx, ctx: Context, appId: string, packageId?: string): Promise<boolean> {
  const { active } = await tx.one<{ active: boolean }>(sql`
    select exists (
      select 1 from deployments
      where organization_id = ${ctx.organizationId} and agent_app_id = ${appId}
        and package_id = coalesce(${packageId ?? null}::uuid, package_id) and status in ('queued', 'processing')
    ) as active`);
  return active;
}
