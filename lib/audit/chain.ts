import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { env } from "#lib/env";

/** Where a chain begins. */
export const origin = Buffer.alloc(32);

export type Checkpoint = { sequence: number; kind: "head" | "purge"; hash: Buffer; signature: Buffer };
export type Link = { id: number; sequence: number; content: string; hash: Buffer };

/** A key of its own, so that nothing else signed with the server's key could pass for a checkpoint. */
function signingKey(): Buffer {
  const secret = Buffer.from(env().BATON_SECRET_KEY, "base64");
  return Buffer.from(hkdfSync("sha256", secret, "", "baton audit checkpoint", 32));
}

/** The signature of a place in an organization's chain. */
export function signPlace(organizationId: string, place: Omit<Checkpoint, "signature">): Buffer {
  const text = `${organizationId}\n${place.kind}\n${place.sequence}\n${place.hash.toString("hex")}`;
  return createHmac("sha256", signingKey()).update(text).digest();
}

/** Whether this server signed it. */
export function isSigned(organizationId: string, checkpoint: Checkpoint): boolean {
  const right = signPlace(organizationId, checkpoint);
  return checkpoint.signature.length === right.length && timingSafeEqual(right, checkpoint.signature);
}

/** The hash of an entry behind another. */
export function hashOf(previous: Buffer, content: string): Buffer {
  return createHash("sha256").update(previous).update(content, "utf8").digest();
}

/**
 * Entries behind a place, in order, each with what its hash covers. The text is made here, not by the database's own
 * function, so that changing that function hides nothing.
 */
export function selectLinks(organizationId: string, after: number, limit: number): Promise<Link[]> {
  return system.all<Link>(sql`
    select id, sequence, hash,
      jsonb_build_array(organization_id, sequence, id, event, severity, api_key_id, user_id, ip_address::text, user_agent,
        request_id, resource_type, resource_id, details, (extract(epoch from created_at) * 1000000)::bigint)::text as content
    from audit_entries
    where organization_id = ${organizationId} and sequence > ${after}
    order by sequence limit ${limit}`);
}

export function selectCheckpoints(organizationId: string): Promise<Checkpoint[]> {
  return system.all<Checkpoint>(sql`
    select sequence, kind, hash, signature from audit_checkpoints
    where organization_id = ${organizationId} order by sequence, kind`);
}

export function selectHead(organizationId: string): Promise<{ sequence: number; hash: Buffer } | undefined> {
  return system.maybe(sql`select sequence, hash from audit_chains where organization_id = ${organizationId}`);
}

/** Signs a place. The newest head replaces the ones before it, a purge those of its own kind. */
export async function insertCheckpoint(organizationId: string, place: Omit<Checkpoint, "signature">): Promise<void> {
  await system.run(sql`
    with added as (
      insert into audit_checkpoints (organization_id, sequence, kind, hash, signature)
      values (${organizationId}, ${place.sequence}, ${place.kind}, ${place.hash}, ${signPlace(organizationId, place)})
      on conflict (organization_id, sequence, kind) do nothing
    )
    delete from audit_checkpoints
    where organization_id = ${organizationId} and kind = ${place.kind} and sequence < ${place.sequence}`);
}
