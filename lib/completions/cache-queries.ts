import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type StoredAnswer = { contentType: string; sealedAnswer: Buffer };
export type NewAnswer = StoredAnswer & { key: Buffer; model: string; seconds: number };

export function selectAnswer(tx: Tx, organizationId: string, key: Buffer): Promise<StoredAnswer | undefined> {
  return tx.maybe<StoredAnswer>(sql`
    select content_type, sealed_answer from prompt_cache
    where organization_id = ${organizationId} and key = ${key} and expires_at > now()`);
}

/** Stores an answer in place of an older one to the same request. */
export function upsertAnswer(tx: Tx, organizationId: string, answer: NewAnswer): Promise<number> {
  return tx.run(sql`
    insert into prompt_cache (organization_id, key, model, content_type, sealed_answer, expires_at)
    values (${organizationId}, ${answer.key}, ${answer.model}, ${answer.contentType}, ${answer.sealedAnswer},
      now() + make_interval(secs => ${answer.seconds}))
    on conflict (organization_id, key) do update set model = excluded.model, content_type = excluded.content_type,
      sealed_answer = excluded.sealed_answer, created_at = now(), expires_at = excluded.expires_at`);
}

/** Removes the oldest answers beyond so many. */
export function deleteOldest(tx: Tx, organizationId: string, kept: number): Promise<number> {
  return tx.run(sql`
    delete from prompt_cache where organization_id = ${organizationId} and key in (
      select key from prompt_cache where organization_id = ${organizationId} order by created_at desc offset ${kept})`);
}

/** Removes answers of all organizations whose time is over. */
export function deleteExpired(tx: Tx): Promise<number> {
  return tx.run(sql`delete from prompt_cache where expires_at <= now()`);
}
