import type { Role, Scope } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";

export type KeyRow = {
  id: string;
  organizationId: string;
  createdBy: string | null;
  scopes: Scope[];
  /** Set for a key that signs its requests. */
  sealedSigningSecret: Buffer | null;
  /** Set when the presented key is the one before the last rotation. */
  endsAt: string | null;
};

/** The key whose hash, or whose hash before the last rotation while its grace lasts, is `hash`. */
export function selectKeyByHash(hash: Buffer): Promise<KeyRow | undefined> {
  return system.maybe<KeyRow>(sql`
    select id, organization_id, created_by, scopes, sealed_signing_secret,
      case when key_hash = ${hash} then null else previous_expires_at end as ends_at
    from api_keys
    where key_hash = ${hash} or (previous_key_hash = ${hash} and previous_expires_at > now())`);
}

/** Notes the use of keys, at most once a minute each. */
export function updateKeysUsed(ids: string[]): Promise<number> {
  return system.run(sql`
    update api_keys set last_used_at = now()
    where id = any (${ids}) and (last_used_at is null or last_used_at < now() - interval '1 minute')`);
}

export type UserRow = {
  userId: string;
  email: string;
  activeOrganizationId: string | null;
  memberships: { organizationId: string; role: Role }[];
};

/** A person with all memberships, oldest first; nothing for somebody Baton has not set up yet. */
export function selectUser(userId: string, tx: Tx = system): Promise<UserRow | undefined> {
  return tx.maybe<UserRow>(sql`
    select p.user_id, p.email, p.active_organization_id,
      coalesce(
        jsonb_agg(jsonb_build_object('organizationId', m.organization_id, 'role', m.role) order by m.joined_at, m.id)
          filter (where m.id is not null), '[]') as memberships
    from profiles p left join members m on m.user_id = p.user_id
    where p.user_id = ${userId}
    group by p.user_id`);
}
