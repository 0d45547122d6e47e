import type { Context } from "#lib/context";
import { empty, sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";
import type { Manifest } from "#lib/packages/manifest";
import type { Package } from "#lib/packages/schema";
import type { Page } from "#lib/page";

export type PackageRow = {
  id: string;
  organizationId: string;
  agentAppId: string;
  version: string;
  status: Package["status"];
  objectKey: string;
  size: number;
  sha256: Buffer;
  manifest: Manifest;
  signature: string | null;
  isVerified: boolean;
  createdAt: string;
};

const columns = sql`id, organization_id, agent_app_id, version, status, object_key, size, sha256, manifest, signature,
  is_verified, created_at`;

export type NewPackage = Omit<PackageRow, "createdAt"> & { createdBy: string | null };

/** Nothing when the app has this version already. */
export function insertPackage(tx: Tx, row: NewPackage): Promise<PackageRow | undefined> {
  return tx.maybe(sql`
    insert into packages (id, organization_id, agent_app_id, created_by, version, status, object_key, size, sha256,
      manifest, signature, is_verified)
    values (${row.id}, ${row.organizationId}, ${row.agentAppId}, ${row.createdBy}, ${row.version}, ${row.status},
      ${row.objectKey}, ${row.size}, ${row.sha256}, ${JSON.stringify(row.manifest)}, ${row.signature}, ${row.isVerified})
    on conflict (agent_app_id, version) do nothing
    returning ${columns}`);
}

const locks = { none: empty, share: sql`for share`, update: sql`for update` };

/** `share` keeps the package from being deleted until the transaction ends. */
export type PackageLock = keyof typeof locks;

export function selectPackage(
  tx: Tx,
  ctx: Context,
  appId: string,
  id: string,
  lock: PackageLock = "none",
): Promise<PackageRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from packages
    where organization_id = ${ctx.organizationId} and agent_app_id = ${appId} and id = ${id} ${locks[lock]}`);
}

type ListedPackage = Omit<PackageRow, "manifest" | "organizationId">;

export function selectPackages(tx: Tx, ctx: Context, appId: string, { limit, offset }: Page): Promise<ListedPackage[]> {
  return tx.all(sql`
    select id, agent_app_id, version, status, object_key, size, sha256, signature, is_verified, created_at from packages
    where organization_id = ${ctx.organizationId} and agent_app_id = ${appId}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

export async function isVersionTaken(tx: Tx, ctx: Context, appId: string, version: string): Promise<boolean> {
  const { taken } = await tx.one<{ taken: boolean }>(sql`
    select exists (
      select 1 from packages
      where organization_id = ${ctx.organizationId} and agent_app_id = ${appId} and version = ${version}
    ) as taken`);
  return taken;
}

export function deletePackageRow(tx: Tx, ctx: Context, id: string): Promise<number> {
  return tx.run(sql`delete from packages where organization_id = ${ctx.organizationId} and id = ${id}`);
}

/** Of the keys, those that a package or an upload still holds; across organizations, for the sweeper. */
export async function selectHeldKeys(keys: string[]): Promise<Set<string>> {
  const rows = await system.all<{ objectKey: string }>(sql`
    select object_key from packages where object_key = any(${keys})
    union all
    select object_key from package_uploads where object_key = any(${keys}) and expires_at > now()`);
  return new Set(rows.map(({ objectKey }) => objectKey));
}
