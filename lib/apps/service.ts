import {
  type AppLock,
  type AppPackage,
  type AppRow,
  deleteAppRow,
  hasActiveDeployment,
  insertApp,
  selectApp,
  selectAppPackages,
  selectApps,
  selectPublicApp,
  updateAppRow,
} from "#lib/apps/queries";
import type { AgentApp, AgentAppAnswer, AgentAppDetails, AgentApps, CreateApp, UpdateApp } from "#lib/apps/schema";
import { type Context, userIdOf } from "#lib/context";
import { system, type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, forbidden, invalid, notFound } from "#lib/errors";
import { isUuid, uuidv7 } from "#lib/id";
import { packageUrl } from "#lib/packages/address";
import { readPublicKey } from "#lib/packages/signature";
import { type PageQuery, pageOf } from "#lib/page";
import { recordAudit } from "#lib/records/service";
import { objectStore } from "#lib/storage/store";
import { deleteWebhooksOf } from "#lib/webhooks/service";

const unknown = () => notFound("Agent app");

/**
 * The organization's app; with a lock it stays as it is until the transaction ends. Throws `not_found` for an id that is
 * unknown, foreign or malformed.
 */
export async function requireApp(tx: Tx, ctx: Context, id: string, lock: AppLock = "none"): Promise<AppRow> {
  const app = isUuid(id) ? await selectApp(tx, ctx.organizationId, id, lock) : undefined;
  if (!app) throw unknown();
  return app;
}

function wire(app: AppRow): AgentApp {
  return {
    id: app.id,
    name: app.name,
    description: app.description,
    is_public: app.isPublic,
    created_at: app.createdAt,
    updated_at: app.updatedAt,
    deployed_package_id: app.deployedPackageId,
    public_key: app.publicKey,
    has_signing_secret: app.sealedSigningSecret !== null,
    require_signature: app.requireSignature,
  };
}

/** The organization's apps, newest first, each with up to 100 of its newest packages. */
export async function listApps(ctx: Context, query?: PageQuery): Promise<AgentApps> {
  const rows = await selectApps(tenant(ctx), ctx.organizationId, pageOf(query));
  return { apps: rows.map((row) => ({ ...wire(row), packages: row.packages })) };
}

export async function createApp(ctx: Context, input: CreateApp): Promise<AgentAppAnswer> {
  const { name, description = null, is_public: isPublic = false } = input;
  const id = uuidv7();
  return transaction(ctx, async (tx) => {
    const { organizationId } = ctx;
    const app = await insertApp(tx, { id, organizationId, createdBy: userIdOf(ctx), name, description, isPublic });
    await recordAudit(tx, ctx, "config.change", { type: "agent_app", id }, { created: name });
    return { app: wire(app) };
  });
}

/** An app with its packages, newest first. A public app of another organization comes without addresses of objects. */
export async function getApp(ctx: Context, id: string): Promise<AgentAppDetails> {
  if (!isUuid(id)) throw unknown();
  const own = await selectApp(tenant(ctx), ctx.organizationId, id);
  return { app: own ? await ownDetails(ctx, own) : await publicDetails(id) };
}

const factsOf = ({ id, version, size, createdAt }: AppPackage) => ({ id, version, size, created_at: createdAt });

async function ownDetails(ctx: Context, app: AppRow) {
  const packages = await selectAppPackages(tenant(ctx), app, pageOf());
  const addressed = packages.map((one) => ({
    ...factsOf(one),
    s3_url: packageUrl({ id: one.id, appId: app.id, objectKey: one.objectKey }),
  }));
  return { ...wire(app), packages: addressed };
}

async function publicDetails(id: string) {
  const app = await selectPublicApp(id);
  if (!app) throw unknown();
  const { name, description, is_public, created_at, updated_at } = wire(app);
  const packages = (await selectAppPackages(system, app, pageOf())).map(factsOf);
  return { id, name, description, is_public, created_at, updated_at, packages };
}

/** Changes what is given. `require_signature` needs a key or a secret to check signatures with. */
export async function updateApp(ctx: Context, id: string, input: UpdateApp): Promise<AgentAppAnswer> {
  // Whoever may upload must not be able to switch off the check of what he uploads.
  const isAboutSigning = input.public_key !== undefined || input.require_signature !== undefined;
  if (isAboutSigning && ctx.actor.type !== "system" && !ctx.actor.scopes.includes("admin:write")) {
    throw forbidden("How packages are signed can only be changed with the scope admin:write.", "INSUFFICIENT_SCOPE");
  }
  return transaction(ctx, async (tx) => {
    const app = await requireApp(tx, ctx, id, "update");
    const given = input.public_key;
    const publicKey = given === undefined ? app.publicKey : given === null ? null : readPublicKey(given);
    const requireSignature = input.require_signature ?? app.requireSignature;
    if (requireSignature && !publicKey && !app.sealedSigningSecret) {
      const message = "Signatures can be required once the app has a public key or a signing secret.";
      throw invalid([{ field: "require_signature", message }]);
    }
    const changed = await updateAppRow(tx, ctx.organizationId, id, {
      name: input.name ?? app.name,
      description: input.description === undefined ? app.description : input.description,
      isPublic: input.is_public ?? app.isPublic,
      publicKey,
      requireSignature,
    });
    await recordAudit(tx, ctx, "config.change", { type: "agent_app", id }, { updated: input });
    return { app: wire(changed) };
  });
}

/** Deletes an app with its packages, web hooks and stored objects. Throws `conflict` while a deployment waits or runs. */
export async function deleteApp(ctx: Context, id: string): Promise<{ message: string }> {
  await transaction(ctx, async (tx) => {
    const app = await requireApp(tx, ctx, id, "update");
    if (await hasActiveDeployment(tx, ctx, id)) {
      throw conflict(
        "A deployment of this app is queued or processing. Wait for it or cancel it.",
        "DEPLOYMENT_IN_PROGRESS",
      );
    }
    const objects = await deleteAppRow(tx, ctx.organizationId, id);
    await deleteWebhooksOf(tx, ctx, { type: "agent_app", id });
    await recordAudit(tx, ctx, "config.change", { type: "agent_app", id }, { deleted: app.name }, "warning");
    // What this leaves behind (the store is down, the process dies) has no row any more: the sweeper takes it.
    tx.afterCommit(async () => (await objectStore()).delete(objects.map(({ objectKey }) => objectKey)));
  });
  return { message: "Agent app deleted successfully" };
}
