import { type AccountCredentials, accountCredentials } from "#lib/account-pool/credentials";
import { cached } from "#lib/auth/cache";
import { unseal } from "#lib/crypto/seal";
import { type Sql, sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import type { Tenant } from "#lib/ledger/schema";
import type { ProviderName } from "#lib/models/catalogue";
import { type Access, ownProvider, type Provider, usualBaseUrl } from "#lib/models/providers";

type KeyRow = { id: string; version: number; provider: ProviderName; baseUrl: string | null; sealedKey: string | null };
type LimitRow = { provider: ProviderName; callsPerHour: number };

const accessOfOrganization = (organizationId: string): Sql => sql`
  select
    (select coalesce(json_agg(json_build_object('id', id, 'version', extract(epoch from updated_at), 'provider', provider,
        'baseUrl', base_url, 'sealedKey', encode(sealed_key, 'base64'))), '[]')
      from provider_keys where organization_id = ${organizationId} and is_active) as keys,
    (select coalesce(json_agg(json_build_object('provider', provider, 'callsPerHour', calls_per_hour)), '[]')
      from provider_limits where organization_id = ${organizationId}) as limits`;

function wayOfAccount(account: AccountCredentials): (readonly [ProviderName, Provider])[] {
  const { accountId, provider: name, apiKey, baseUrl: given, version } = account;
  const baseUrl = given ?? usualBaseUrl(name);
  const way = { name, apiKey, ownId: `account ${accountId} ${version}`, isForeign: given !== null };
  return baseUrl ? [[name, { ...ownProvider({ ...way, baseUrl }), accountId }] as const] : [];
}

async function load(organizationId: string): Promise<Access & { organizationId: string }> {
  const [{ keys, limits }, accounts] = await Promise.all([
    system.one<{ keys: KeyRow[]; limits: LimitRow[] }>(accessOfOrganization(organizationId)),
    accountCredentials(organizationId),
  ]);
  const own = keys.flatMap(({ id, version, provider: name, baseUrl: given, sealedKey }) => {
    const baseUrl = given ?? usualBaseUrl(name);
    const apiKey = sealedKey === null ? undefined : unseal(Buffer.from(sealedKey, "base64"));
    const way = { name, apiKey, ownId: `${id} ${version}`, isForeign: given !== null };
    return baseUrl ? [[name, ownProvider({ ...way, baseUrl })] as const] : [];
  });
  return {
    organizationId,
    // A key that was set for a provider goes before the accounts of the pool.
    own: new Map([...accounts.flatMap(wayOfAccount), ...own]),
    limits: new Map(limits.map(({ provider, callsPerHour }) => [provider, callsPerHour])),
  };
}

/** An organization's own providers, by its keys and the accounts of its pool, and its limits, from memory until the database announces a change of them. */
export async function accessOf({ organizationId }: Tenant): Promise<Access> {
  const found = await cached(
    "provider",
    organizationId,
    () => load(organizationId),
    (access) => access.organizationId,
  );
  return found ?? { own: new Map(), limits: new Map() };
}
