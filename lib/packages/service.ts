import { hasActiveDeployment } from "#lib/apps/queries";
import { requireApp } from "#lib/apps/service";
import { type Context, userIdOf } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { isUuid, uuidv7 } from "#lib/id";
import { packageUrl, uploadKey } from "#lib/packages/address";
import { type PreparedPackage, packageInvalid } from "#lib/packages/prepare";
import {
  deletePackageRow,
  insertPackage,
  type PackageLock,
  type PackageRow,
  selectPackage,
  selectPackages,
} from "#lib/packages/queries";
import {
  type CreateUpload,
  type Package,
  type PackageAnswer,
  type Packages,
  type PackageUpload,
  packageBytesMax,
} from "#lib/packages/schema";
import { deleteUpload, insertUpload } from "#lib/packages/upload-queries";
import { type PageQuery, pageOf } from "#lib/page";
import { recordAudit, recordEvent, recordUsage } from "#lib/records/service";
import { objectStore } from "#lib/storage/store";

const linkSeconds = 300;
const uploadSeconds = 3_600;
/** A file that arrived in time may still be used for so long. */
const uploadLifetimeSeconds = 2 * uploadSeconds;

type Shown = Omit<PackageRow, "manifest" | "organizationId">;

function wire(row: Shown): Package {
  return {
    id: row.id,
    version: row.version,
    s3_url: packageUrl({ id: row.id, appId: row.agentAppId, objectKey: row.objectKey }),
    size: row.size,
    created_at: row.createdAt,
    status: row.status,
    sha256: row.sha256.toString("hex"),
    signature: row.isVerified ? "verified" : row.signature ? "unchecked" : "none",
  };
}

/**
 * Writes the row of a prepared package in the caller's transaction, which then may also charge and queue. Of two uploads of
 * one version one wins; the other's throws `validation`. Throws `not_found` when the app was deleted meanwhile.
 */
export async function storePackage(
  tx: Tx,
  ctx: Context,
  prepared: PreparedPackage,
  status: Package["status"],
): Promise<PackageRow> {
  const { app, upload, ...facts } = prepared;
  await requireApp(tx, ctx, app.id, "share");
  const owned = { organizationId: ctx.organizationId, agentAppId: app.id, createdBy: userIdOf(ctx), status };
  const row = await insertPackage(tx, { ...facts, ...owned });
  if (!row) throw packageInvalid(["Version already exists"]);
  if (upload) {
    await deleteUpload(tx, ctx, upload.id);
    tx.afterCommit(async () => (await objectStore()).delete([upload.objectKey]));
  }
  return row;
}

/** Adds a prepared package to its app; costs nothing. */
export async function createPackage(ctx: Context, prepared: PreparedPackage): Promise<PackageAnswer> {
  return transaction(ctx, async (tx) => {
    const row = await storePackage(tx, ctx, prepared, "uploaded");
    const { app, version, id } = prepared;
    await recordUsage(tx, ctx, "package_upload", `${app.name} v${version}`, undefined, { agentAppId: app.id });
    await recordEvent(tx, ctx, "package.uploaded", { agent_app_id: app.id, package_id: id, version });
    await recordAudit(tx, ctx, "config.change", { type: "package", id }, { uploaded: version, agent_app_id: app.id });
    return { package: wire(row) };
  });
}

/** The organization's package of an app. Throws `not_found` for ids that are unknown, foreign or malformed. */
export async function requirePackage(
  tx: Tx,
  ctx: Context,
  appId: string,
  id: string,
  lock: PackageLock = "none",
): Promise<PackageRow> {
  const row = isUuid(appId) && isUuid(id) ? await selectPackage(tx, ctx, appId, id, lock) : undefined;
  if (!row) throw notFound("Package");
  return row;
}

/** An app's packages, newest first. */
export async function listPackages(ctx: Context, appId: string, query?: PageQuery): Promise<Packages> {
  await requireApp(tenant(ctx), ctx, appId);
  return { packages: (await selectPackages(tenant(ctx), ctx, appId, pageOf(query))).map(wire) };
}

/** Deletes a package; its version may be used again. Throws `conflict` while it is being deployed. */
export async function deletePackage(ctx: Context, appId: string, id: string): Promise<{ message: string }> {
  await transaction(ctx, async (tx) => {
    const row = await requirePackage(tx, ctx, appId, id, "update");
    if (await hasActiveDeployment(tx, ctx, appId, id)) {
      throw conflict("This package is being deployed. Wait for the deployment or cancel it.", "DEPLOYMENT_IN_PROGRESS");
    }
    await deletePackageRow(tx, ctx, id);
    const details = { deleted: row.version, agent_app_id: appId };
    await recordAudit(tx, ctx, "config.change", { type: "package", id }, details, "warning");
    tx.afterCommit(async () => (await objectStore()).delete([row.objectKey]));
  });
  return { message: "Package deleted successfully" };
}

/** A link to a package's file that needs no other credentials and ends after five minutes. */
export async function linkToPackage(ctx: Context, appId: string, id: string): Promise<string> {
  const row = await requirePackage(tenant(ctx), ctx, appId, id);
  const fileName = `package-${row.version.replace(/[^\w.+-]/g, "_")}.apkg`;
  return (await objectStore()).presignGet(row.objectKey, linkSeconds, fileName);
}

/** A link under which a client puts a package into the store itself; its key then stands for the file, once. */
export async function createUpload(ctx: Context, appId: string, { size }: CreateUpload): Promise<PackageUpload> {
  const app = await requireApp(tenant(ctx), ctx, appId);
  const id = uuidv7();
  const objectKey = uploadKey({ organizationId: ctx.organizationId, appId: app.id }, id);
  const bounds = { bytesMax: packageBytesMax, contentType: "application/zip", ...(size !== undefined && { size }) };
  const { url, headers } = await (await objectStore()).presignPut(objectKey, uploadSeconds, bounds);
  await insertUpload(tenant(ctx), ctx, { id, appId: app.id, objectKey, lifetimeSeconds: uploadLifetimeSeconds });
  const expiresAt = new Date(Date.now() + uploadSeconds * 1_000).toISOString();
  return { upload_url: url, object_key: objectKey, expires_at: expiresAt, headers };
}
