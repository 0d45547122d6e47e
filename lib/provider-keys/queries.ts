import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { ProviderName } from "#lib/models/catalogue";
import type { Page } from "#lib/page";

export type KeyRow = {
  id: string;
  provider: ProviderName;
  label: string;
  baseUrl: string | null;
  last4: string | null;
  isActive: boolean;
  lastTestAt: string | null;
  lastTestStatus: "ok" | "failed" | null;
  lastTestError: string | null;
  createdAt: string;
  updatedAt: string;
};

const columns: Sql = sql`
  id, provider, label, base_url, last4, is_active, last_test_at, last_test_status, last_test_error, created_at, updated_at`;

/** An organization's keys, newest first, without any secret. */
export function selectKeys(tx: Tx, organizationId: string, { limit, offset }: Page): Promise<KeyRow[]> {
  return tx.all(sql`
    select ${columns} from provider_keys where organization_id = ${organizationId}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

/** One key with its sealed secret, kept as it is until the transaction ends. */
export function selectKey(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<(KeyRow & { sealedKey: Buffer | null }) | undefined> {
  return tx.maybe(sql`
    select ${columns}, sealed_key from provider_keys where organization_id = ${organizationId} and id = ${id} for update`);
}

export type NewKey = Pick<KeyRow, "id" | "provider" | "label" | "baseUrl" | "last4" | "isActive"> & {
  organizationId: string;
  createdBy: string | null;
  sealedKey: Buffer | null;
};

/** Returns nothing when the organization has `keysMax` keys already. */
export function insertKey(tx: Tx, key: NewKey, keysMax: number): Promise<KeyRow | undefined> {
  return tx.maybe(sql`
    insert into provider_keys (id, organization_id, provider, label, base_url, sealed_key, last4, is_active, created_by)
    select ${key.id}, ${key.organizationId}, ${key.provider}, ${key.label}, ${key.baseUrl}, ${key.sealedKey}, ${key.last4},
      ${key.isActive}, ${key.createdBy}
    where (select count(*) from provider_keys where organization_id = ${key.organizationId}) < ${keysMax}
    returning ${columns}`);
}

/** Waits for whoever changes the organization's keys at the moment. */
export function lockKeys(tx: Tx, organizationId: string): Promise<number> {
  const name = `provider_keys ${organizationId}`;
  return tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Of one provider only one key is used. */
export function updateOthersToInactive(
  tx: Tx,
  organizationId: string,
  provider: ProviderName,
  id: string,
): Promise<number> {
  return tx.run(sql`
    update provider_keys set is_active = false, updated_at = now()
    where organization_id = ${organizationId} and provider = ${provider} and id <> ${id} and is_active`);
}

export type KeyChange = Pick<KeyRow, "label" | "baseUrl" | "last4" | "isActive"> & { sealedKey: Buffer | null };

/** Writes a key anew. What was tested before says nothing of another secret or address. */
export function updateKey(
  tx: Tx,
  organizationId: string,
  id: string,
  key: KeyChange,
  isOther: boolean,
): Promise<KeyRow> {
  return tx.one(sql`
    update provider_keys set label = ${key.label}, base_url = ${key.baseUrl}, sealed_key = ${key.sealedKey},
      last4 = ${key.last4}, is_active = ${key.isActive}, updated_at = now(),
      last_test_at = case when ${isOther} then null else last_test_at end,
      last_test_status = case when ${isOther} then null else last_test_status end,
      last_test_error = case when ${isOther} then null else last_test_error end
    where organization_id = ${organizationId} and id = ${id}
    returning ${columns}`);
}

/** Notes how a test ended, unless the key was changed or removed meanwhile. */
export function updateKeyTested(
  tx: Tx,
  organizationId: string,
  { id, updatedAt }: Pick<KeyRow, "id" | "updatedAt">,
  error: string | null,
): Promise<number> {
  return tx.run(sql`
    update provider_keys set last_test_at = now(), last_test_status = ${error === null ? "ok" : "failed"},
      last_test_error = ${error}
    where organization_id = ${organizationId} and id = ${id} 
      and date_trunc('milliseconds', updated_at) = ${updatedAt}::timestamptz`);
}

export function deleteKeyRow(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<{ label: string; provider: ProviderName } | undefined> {
  return tx.maybe(sql`
    delete from provider_keys where organization_id = ${organizationId} and id = ${id} returning label, provider`);
}
