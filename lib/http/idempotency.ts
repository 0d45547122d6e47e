import { createHash } from "node:crypto";
import type { Context } from "#lib/context";
import { seal, unseal } from "#lib/crypto/seal";
import { sql } from "#lib/db/sql";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { AppError, conflict, invalid } from "#lib/errors";

export type Answer = { status: number; headers: Record<string, string>; body: string };

type Stored = Omit<Answer, "body"> & { sealedBody: Buffer; bodyHash: Buffer };
type Slot = { organizationId: string; method: string; path: string; key: string };

const keyCharactersMax = 255;

/** The request's Idempotency-Key, or nothing. Throws on one that is too long or blank. */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key")?.trim();
  if (key === undefined) return undefined;
  if (key === "" || key.length > keyCharactersMax) {
    throw invalid([
      { field: "Idempotency-Key", message: `Idempotency-Key must have 1 to ${keyCharactersMax} characters` },
    ]);
  }
  return key;
}

function selectStored(tx: Tx, slot: Slot): Promise<Stored | undefined> {
  return tx.maybe<Stored>(sql`
    select status, headers, sealed_body, body_hash from idempotency_keys
    where organization_id = ${slot.organizationId} and method = ${slot.method} and path = ${slot.path}
      and key = ${slot.key} and expires_at > now()`);
}

async function insertStored(tx: Tx, slot: Slot, hash: Buffer, answer: Answer): Promise<void> {
  await tx.run(sql`
    delete from idempotency_keys
    where organization_id = ${slot.organizationId} and method = ${slot.method} and path = ${slot.path}
      and key = ${slot.key} and expires_at <= now()`);
  await tx.run(sql`
    insert into idempotency_keys (organization_id, method, path, key, body_hash, status, headers, sealed_body, expires_at)
    values (${slot.organizationId}, ${slot.method}, ${slot.path}, ${slot.key}, ${hash}, ${answer.status},
      ${JSON.stringify(answer.headers)}, ${seal(answer.body)}, now() + interval '24 hours')
    on conflict do nothing`);
}

/** Keeps two requests with one key apart until the transaction ends; false when another holds the slot. */
async function claim(tx: Tx, slot: Slot): Promise<boolean> {
  const name = [slot.organizationId, slot.method, slot.path, slot.key].join("\n");
  const { held } = await tx.one<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as held`,
  );
  return held;
}

const isStorable = (status: number) => status < 500 && ![401, 403, 429].includes(status);

/**
 * Runs `work` once per key (contract README 5.4). The effect and the stored answer are one transaction, which `work`
 * gets in its context: after a crash there are both or neither. A refusal undoes the effect (unless it says that it keeps
 * it) and is stored by itself.
 */
export async function once(
  ctx: Context,
  request: { method: string; path: string; key: string; body: string },
  work: (ctx: Context) => Promise<Answer>,
  render: (error: unknown) => Answer,
): Promise<Answer> {
  const slot: Slot = {
    organizationId: ctx.organizationId,
    method: request.method,
    path: request.path,
    key: request.key,
  };
  const hash = createHash("sha256").update(request.body).digest();
  let refused: { error: unknown } | undefined;
  try {
    return await transaction(ctx, async (tx) => {
      if (!(await claim(tx, slot)))
        throw conflict("A request with this Idempotency-Key is still running", "IDEMPOTENCY_RUNNING");
      const stored = await selectStored(tx, slot);
      if (stored) return replay(stored, hash);
      try {
        const answer = await work({ ...ctx, tx });
        await insertStored(tx, slot, hash, answer);
        return answer;
      } catch (error) {
        if (error instanceof AppError && error.keepsEffects) {
          const answer = render(error);
          await insertStored(tx, slot, hash, answer);
          return answer;
        }
        refused = { error };
        throw error;
      }
    });
  } catch (error) {
    if (!refused) throw error;
    const answer = render(refused.error);
    if (isStorable(answer.status)) await insertStored(tenant(ctx), slot, hash, answer);
    return answer;
  }
}

function replay(stored: Stored, hash: Buffer): Answer {
  if (!stored.bodyHash.equals(hash))
    throw new AppError("conflict", "Idempotency key payload mismatch", { reason: "IDEMPOTENCY_MISMATCH" });
  return {
    status: stored.status,
    headers: { ...stored.headers, "idempotency-replayed": "true" },
    body: unseal(stored.sealedBody),
  };
}

/** Removes stored answers whose 24 hours are over. */
export function deleteExpiredAnswers(tx: Tx): Promise<number> {
  return tx.run(sql`delete from idempotency_keys where expires_at < now()`);
}
