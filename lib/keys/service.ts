import { createHash } from "node:crypto";
import { forgetCached } from "#lib/auth/cache";
import { scopes as allScopes, type Context, userIdOf } from "#lib/context";
import { seal } from "#lib/crypto/seal";
import { tenant, transaction } from "#lib/db/transaction";
import { forbidden, notFound } from "#lib/errors";
import { isUuid, randomText, uuidv7 } from "#lib/id";
import {
  deleteKeyRow,
  insertKey,
  type KeyRow,
  selectKeyForRotation,
  selectKeys,
  updateKeySecret,
} from "#lib/keys/queries";
import type {
  ApiKey,
  CreatedKey,
  CreateKey,
  KeyEnvironment,
  RevokedKey,
  RevokeKey,
  RotatedKey,
  RotateKey,
  ScopeName,
} from "#lib/keys/schema";
import { canMail, type Mail, sendMail } from "#lib/mail/mail";
import { selectEmail } from "#lib/organizations/queries";
import { type PageQuery, pageOf } from "#lib/page";
import { recordAudit, recordEvent, recordUsage } from "#lib/records/service";

const prefixes: Record<KeyEnvironment, string> = { live: "sk_live_", staging: "staging_sk_", dev: "dev_sk_" };
const previewCharacters = 14;
const rotationDays = 90;
const dayMs = 24 * 3600 * 1_000;

function newSecret(environment: KeyEnvironment) {
  const key = prefixes[environment] + randomText(32);
  const keyHash = createHash("sha256").update(key).digest();
  return { key, keyHash, keyPreview: `${key.slice(0, previewCharacters)}...` };
}

function wire(row: KeyRow): ApiKey {
  const dueMs = Date.parse(row.rotatedAt ?? row.createdAt) + rotationDays * dayMs;
  const isRotating = row.previousExpiresAt !== null && Date.parse(row.previousExpiresAt) > Date.now();
  return {
    id: row.id,
    name: row.name,
    key_preview: row.keyPreview,
    scopes: row.scopes,
    environment: row.environment,
    signing: row.signing,
    last_used_at: row.lastUsedAt,
    created_at: row.createdAt,
    rotation_due_at: new Date(dueMs).toISOString(),
    status: isRotating ? "rotating" : dueMs <= Date.now() ? "rotation_due" : "active",
  };
}

/** The organization's keys, newest first; never a key itself. */
export async function listKeys(ctx: Context, query?: PageQuery): Promise<{ apiKeys: ApiKey[] }> {
  return { apiKeys: (await selectKeys(tenant(ctx), ctx.organizationId, pageOf(query))).map(wire) };
}

/** Whoever holds a key may do what it may, so nobody is handed one that may do more than himself. */
function refuseEscalation({ actor }: Context, scopes: readonly ScopeName[]): void {
  if (actor.type !== "system" && scopes.some((scope) => !actor.scopes.includes(scope))) {
    throw forbidden("A key cannot have scopes that its maker does not have.", "INSUFFICIENT_SCOPE");
  }
}

/** Makes a key. It is in this answer only: stored is its hash. Nobody can give a key more scopes than he has. */
export async function createKey(ctx: Context, input: CreateKey): Promise<CreatedKey> {
  const { name, scopes = [...allScopes], environment = "live", signing = false } = input;
  refuseEscalation(ctx, scopes);
  const { key, keyHash, keyPreview } = newSecret(environment);
  const signingSecret = signing ? `sig_${randomText(40)}` : undefined;
  const id = uuidv7();
  return transaction(ctx, async (tx) => {
    const { createdAt } = await insertKey(tx, {
      id,
      organizationId: ctx.organizationId,
      createdBy: userIdOf(ctx),
      name,
      environment,
      scopes,
      keyHash,
      keyPreview,
      sealedSigningSecret: signingSecret ? seal(signingSecret) : null,
    });
    await recordUsage(tx, ctx, "key_created", `API key ${name}`);
    await recordEvent(tx, ctx, "api.key.created", { key_id: id, name });
    await recordAudit(tx, ctx, "config.change", { type: "api_key", id }, { created: name, scopes });
    return {
      apiKey: {
        ...{ id, name, key, created_at: createdAt, scopes },
        ...(signingSecret && { signing_secret: signingSecret, api_secret: signingSecret }),
      },
    };
  });
}

/** Gives a key a new secret under the same id. The old one stops at once, or after `grace_hours` (0 to 168). */
export async function rotateKey(ctx: Context, id: string, input: RotateKey): Promise<RotatedKey> {
  if (!isUuid(id)) throw notFound("API key");
  const rotated = await transaction(ctx, async (tx) => {
    const found = await selectKeyForRotation(tx, ctx.organizationId, id);
    if (!found) throw notFound("API key");
    refuseEscalation(ctx, found.scopes);
    const { key, keyHash, keyPreview } = newSecret(found.environment);
    const graceHours = input.grace_hours ?? 0;
    const { name, rotatedAt } = await updateKeySecret(tx, ctx.organizationId, id, { keyHash, keyPreview, graceHours });
    await recordAudit(tx, ctx, "config.change", { type: "api_key", id }, { rotated: name, grace_hours: graceHours });
    return { apiKey: { id, name, key, rotated_at: rotatedAt } };
  });
  forgetCached("key", id);
  return rotated;
}

async function remove(
  ctx: Context,
  id: string,
  details: Record<string, unknown>,
  notice?: (name: string) => Mail["text"],
) {
  if (!isUuid(id)) throw notFound("API key");
  await transaction(ctx, async (tx) => {
    const row = await deleteKeyRow(tx, ctx.organizationId, id);
    if (!row) throw notFound("API key");
    await recordAudit(tx, ctx, "config.change", { type: "api_key", id }, { revoked: row.name, ...details }, "warning");
    const maker = notice && row.createdBy ? await selectEmail(tx, row.createdBy) : undefined;
    if (!notice || !maker) return;
    const mail = { to: maker.email, subject: `API key ${row.name} was revoked`, text: notice(row.name) };
    tx.afterCommit(() => sendMail(mail));
  });
  forgetCached("key", id);
}

/** Revokes a key for good: it is refused from then on, on every process. */
export async function deleteKey(ctx: Context, id: string): Promise<{ message: string }> {
  await remove(ctx, id, {});
  return { message: "API key deleted successfully" };
}

/** The same in the agency's words, with a reason; `notify_user` mails the key's maker or, without a mail server, records it. */
export async function revokeKey(ctx: Context, id: string, input: RevokeKey): Promise<RevokedKey> {
  const details = {
    ...(input.reason && { reason: input.reason }),
    ...(input.notify_user && { notice: canMail() ? "mailed" : "recorded" }),
  };
  const text = (name: string) =>
    `Your API key ${name} was revoked.\n${input.reason ? `\nReason: ${input.reason}\n` : ""}`;
  await remove(ctx, id, details, input.notify_user ? text : undefined);
  return { success: true, message: "API key revoked", key_id: id };
}
