import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";

/** A request that claimed an upload and died gives it back after this time. */
const claimMinutes = 15;

export type NewUpload = { id: string; appId: string; objectKey: string; lifetimeSeconds: number };

export function insertUpload(tx: Tx, ctx: Context, upload: NewUpload): Promise<number> {
  return tx.run(sql`
    insert into package_uploads (id, organization_id, agent_app_id, object_key, expires_at)
    values (${upload.id}, ${ctx.organizationId}, ${upload.appId}, ${upload.objectKey},
      now() + ${upload.lifetimeSeconds}::float8 * interval '1 second')`);
}

/** Takes an upload for one request: nothing when it is unknown, expired, or in the hands of another. */
export function claimUpload(
  tx: Tx,
  ctx: Context,
  appId: string,
  objectKey: string,
): Promise<{ id: string } | undefined> {
  return tx.maybe(sql`
    update package_uploads set claimed_at = now()
    where organization_id = ${ctx.organizationId} and agent_app_id = ${appId} and object_key = ${objectKey}
      and expires_at > now() and (claimed_at is null or claimed_at < now() - ${claimMinutes}::float8 * interval '1 minute')
    returning id`);
}

export function releaseUpload(tx: Tx, ctx: Context, id: string): Promise<number> {
  return tx.run(sql`
    update package_uploads set claimed_at = null where organization_id = ${ctx.organizationId} and id = ${id}`);
}

export function deleteUpload(tx: Tx, ctx: Context, id: string): Promise<number> {
  return tx.run(sql`delete from package_uploads where organization_id = ${ctx.organizationId} and id = ${id}`);
}

/** Forgets expired uploads of all organizations, at most `limit` at once; the sweeper then takes their objects. */
export function deleteExpiredUploads(limit: number): Promise<number> {
  return system.run(sql`
    delete from package_uploads where id in (
      select id from package_uploads where expires_at <= now() order by expires_at limit ${limit} for update skip locked
    )`);
}
