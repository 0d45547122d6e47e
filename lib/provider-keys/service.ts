import { forgetCached } from "#lib/auth/cache";
import { type Context, userIdOf } from "#lib/context";
import { seal, unseal } from "#lib/crypto/seal";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { checkedAddresses } from "#lib/http-out/resolve";
import { OutgoingError, parseTarget } from "#lib/http-out/target";
import { isUuid, uuidv7 } from "#lib/id";
import type { ProviderName } from "#lib/models/catalogue";
import { ownProvider, titleOf, usualBaseUrl } from "#lib/models/providers";
import { type PageQuery, pageOf } from "#lib/page";
import { probe } from "#lib/provider-keys/probe";
import {
  deleteKeyRow,
  insertKey,
  type KeyRow,
  lockKeys,
  selectKey,
  selectKeys,
  updateKey,
  updateKeyTested,
  updateOthersToInactive,
} from "#lib/provider-keys/queries";
import type { CreateProviderKey, ProviderKey, ProviderKeyTest, UpdateProviderKey } from "#lib/provider-keys/schema";
import { recordAudit } from "#lib/records/service";

const keysMax = 50;
const unknown = () => notFound("Provider key");

function wire(row: KeyRow): ProviderKey {
  return {
    id: row.id,
    provider: row.provider,
    label: row.label,
    base_url: row.baseUrl,
    last4: row.last4,
    is_active: row.isActive,
    last_test_at: row.lastTestAt,
    last_test_status: row.lastTestStatus,
    last_test_error: row.lastTestError,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

/** Refuses addresses that are not public, and what cannot be an address of an API. */
async function checkBaseUrl(text: string): Promise<void> {
  try {
    const { url } = parseTarget(text);
    if (url.search || url.hash) throw new OutgoingError("refused_address", "The URL must end with its path.");
    await checkedAddresses(parseTarget(text));
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    if (error.code === "refused_address") throw invalid([{ field: "base_url", message: error.message }]);
  }
}

/** What a provider cannot do without: everybody's own servers an address, all others a key. */
function requireUsable(provider: ProviderName, hasKey: boolean, baseUrl: string | null): void {
  if (usualBaseUrl(provider) === undefined) {
    if (baseUrl === null) throw invalid([{ field: "base_url", message: `${titleOf(provider)} needs its base_url` }]);
  } else if (!hasKey) throw invalid([{ field: "key", message: `${titleOf(provider)} needs a key` }]);
}

/** This process forgets at once what it knew; others hear of it from the database. */
const forgetAfter = (tx: Tx, { organizationId }: Context) =>
  tx.afterCommit(async () => forgetCached("provider", organizationId));

const secretOf = (key: string) => ({ sealedKey: seal(key), last4: key.slice(-4) });

/** The organization's own provider keys, newest first; never a key itself. */
export async function listProviderKeys(ctx: Context, query?: PageQuery): Promise<{ providerKeys: ProviderKey[] }> {
  return { providerKeys: (await selectKeys(tenant(ctx), ctx.organizationId, pageOf(query))).map(wire) };
}

/**
 * Stores a key of the organization's own. While it is active, calls to its provider are made with it and cost no credits.
 * Throws `validation` for an address that is not public, `conflict` beyond 50 keys.
 */
export async function createProviderKey(ctx: Context, input: CreateProviderKey): Promise<{ providerKey: ProviderKey }> {
  const { organizationId } = ctx;
  const { provider, key, base_url: baseUrl = null, is_active: isActive = true, label = titleOf(provider) } = input;
  requireUsable(provider, key !== undefined, baseUrl);
  if (baseUrl !== null) await checkBaseUrl(baseUrl);
  const secret = key === undefined ? { sealedKey: null, last4: null } : secretOf(key);
  const id = uuidv7();
  const row = await transaction(ctx, async (tx) => {
    await lockKeys(tx, organizationId);
    if (isActive) await updateOthersToInactive(tx, organizationId, provider, id);
    const made = { id, organizationId, createdBy: userIdOf(ctx), provider, label, baseUrl, isActive, ...secret };
    const stored = await insertKey(tx, made, keysMax);
    if (!stored) throw conflict(`There are already ${keysMax} provider keys. Delete one first.`, "TOO_MANY_KEYS");
    const details = { created: label, provider, base_url: baseUrl, is_active: isActive };
    await recordAudit(tx, ctx, "config.change", { type: "provider_key", id }, details);
    forgetAfter(tx, ctx);
    return stored;
  });
  return { providerKey: wire(row) };
}

/** Changes what is given. Switching a key on switches the provider's other keys off. Throws `not_found`. */
export async function updateProviderKey(
  ctx: Context,
  id: string,
  input: UpdateProviderKey,
): Promise<{ providerKey: ProviderKey }> {
  if (!isUuid(id)) throw unknown();
  if (input.base_url) await checkBaseUrl(input.base_url);
  const { organizationId } = ctx;
  const row = await transaction(ctx, async (tx) => {
    await lockKeys(tx, organizationId);
    const found = await selectKey(tx, organizationId, id);
    if (!found) throw unknown();
    const secret = input.key === undefined ? { sealedKey: found.sealedKey, last4: found.last4 } : secretOf(input.key);
    const baseUrl = input.base_url === undefined ? found.baseUrl : input.base_url;
    const isActive = input.is_active ?? found.isActive;
    requireUsable(found.provider, secret.sealedKey !== null, baseUrl);
    // The old key must not be sent to another server than the one it was given for.
    if (baseUrl !== found.baseUrl && input.key === undefined && secret.sealedKey !== null) {
      throw invalid([{ field: "key", message: "Send the key again with its new base_url" }]);
    }
    if (isActive && !found.isActive) await updateOthersToInactive(tx, organizationId, found.provider, id);
    const changed = { label: input.label ?? found.label, baseUrl, isActive, ...secret };
    const isOther = input.key !== undefined || baseUrl !== found.baseUrl;
    const stored = await updateKey(tx, organizationId, id, changed, isOther);
    const details = { changed: Object.keys(input), provider: found.provider, base_url: baseUrl, is_active: isActive };
    await recordAudit(tx, ctx, "config.change", { type: "provider_key", id }, details);
    forgetAfter(tx, ctx);
    return stored;
  });
  return { providerKey: wire(row) };
}

/** Removes a key for good; calls go back to the operator's, where there is one. Throws `not_found`. */
export async function deleteProviderKey(ctx: Context, id: string): Promise<{ message: string }> {
  if (!isUuid(id)) throw unknown();
  await transaction(ctx, async (tx) => {
    const row = await deleteKeyRow(tx, ctx.organizationId, id);
    if (!row) throw unknown();
    const details = { deleted: row.label, provider: row.provider };
    await recordAudit(tx, ctx, "config.change", { type: "provider_key", id }, details, "warning");
    forgetAfter(tx, ctx);
  });
  return { message: "Provider key deleted successfully" };
}

/** Asks the provider for its models with this key, whether or not it is active, and notes how that ended. */
export async function testProviderKey(ctx: Context, id: string): Promise<ProviderKeyTest> {
  const { organizationId } = ctx;
  const row = isUuid(id) ? await transaction(ctx, (tx) => selectKey(tx, organizationId, id)) : undefined;
  if (!row) throw unknown();
  const baseUrl = row.baseUrl ?? usualBaseUrl(row.provider) ?? "";
  const apiKey = row.sealedKey === null ? undefined : unseal(row.sealedKey);
  const ownId = `${id} test ${row.updatedAt}`;
  const result = await probe(
    ownProvider({ name: row.provider, baseUrl, apiKey, ownId, isForeign: row.baseUrl !== null }),
  );
  await updateKeyTested(tenant(ctx), organizationId, row, result.error);
  return result;
}
