import type { Scope } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { KeyEnvironment } from "#lib/keys/schema";
import type { Page } from "#lib/page";

export type KeyRow = {
  id: string;
  name: string;
  keyPreview: string;
  scopes: Scope[];
  environment: KeyEnvironment;
  signing: boolean;
  previousExpiresAt: string | null;
  lastUsedAt: string | null;
  rotatedAt: string | null;
  createdAt: string;
};

/** An organization's keys, newest first, without any hash. */
export function selectKeys(tx: Tx, organizationId: string, { limit, offset }: Page): Promise<KeyRow[]> {
  return tx.all(sql`
    select id, name, key_preview, scopes, environment, sealed_signing_secret is not null as signing,
      previous_expires_at, last_used_at, rotated_at, created_at
    from api_keys where organization_id = ${organizationId}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

export type NewKey = {
  id: string;
  organizationId: string;
  createdBy: string | null;
  name: string;
  environment: KeyEnvironment;
  scopes: readonly Scope[];
  keyHash: Buffer;
  keyPreview: string;
  sealedSigningSecret: Buffer | null;
};

export function insertKey(tx: Tx, key: NewKey): Promise<{ createdAt: string }> {
  return tx.one(sql`
    insert into api_keys (id, organization_id, created_by, name, environment, scopes, key_hash, key_preview, sealed_signing_secret)
    values (${key.id}, ${key.organizationId}, ${key.createdBy}, ${key.name}, ${key.environment}, ${[...key.scopes]},
      ${key.keyHash}, ${key.keyPreview}, ${key.sealedSigningSecret})
    returning created_at`);
}

export function selectKeyForRotation(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<{ environment: KeyEnvironment; scopes: Scope[] } | undefined> {
  return tx.maybe(sql`
    select environment, scopes from api_keys where organization_id = ${organizationId} and id = ${id} for update`);
}

type Rotation = { keyHash: Buffer; keyPreview: string; graceHours: number };

/** Gives a key a new secret; the old one ends now or after the grace time. */
export function updateKeySecret(
  tx: Tx,
  organizationId: string,
  id: string,
  { keyHash, keyPreview, graceHours }: Rotation,
): Promise<{ name: string; rotatedAt: string }> {
  return tx.one(sql`
    update api_keys set
      previous_key_hash = case when ${graceHours}::float8 > 0 then key_hash end,
      previous_expires_at = case when ${graceHours}::float8 > 0 then now() + ${graceHours}::float8 * interval '1 hour' end,
      key_hash = ${keyHash}, key_preview = ${keyPreview}, rotated_at = now()
    where organization_id = ${organizationId} and id = ${id}
    returning name, rotated_at`);
}

export function deleteKeyRow(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<{ name: string; createdBy: string | null } | undefined> {
  return tx.maybe(sql`
    delete from api_keys where organization_id = ${organizationId} and id = ${id} returning name, created_by`);
}
