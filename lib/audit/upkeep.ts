import { insertCheckpoint, origin, selectCheckpoints } from "#lib/audit/chain";
import { beginning, verifyChain, walk } from "#lib/audit/verify";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { log } from "#lib/log";

const organizationsMax = 200;
const entriesMax = 5_000;

/**
 * Signs the ends of chains that have grown since they were last signed, after a look at what was added. A chain that is not
 * what was signed before is not signed again, so that the fault stays to be found.
 */
export async function signAuditChains(): Promise<number> {
  const grown = await system.all<{ organizationId: string }>(sql`
    select c.organization_id from audit_chains c
    where not exists (
      select 1 from audit_checkpoints p where p.organization_id = c.organization_id and p.sequence = c.sequence)
    order by c.organization_id limit ${organizationsMax}`);
  let signed = 0;
  for (const { organizationId } of grown) {
    const checkpoints = await selectCheckpoints(organizationId);
    const last = checkpoints.at(-1);
    const head = checkpoints.findLast((one) => one.kind === "head");
    // From the entry that was signed, its own hash included.
    const from = last && head === last ? last : undefined;
    const { end, faults } = from
      ? await walk(organizationId, { sequence: from.sequence, hash: from.hash })
      : await verifyChain(organizationId);
    if (faults.length > 0) {
      log.error(
        { organizationId, faults: faults.slice(0, 5) },
        "the audit log was tampered with; run npm run verify:audit",
      );
      continue;
    }
    if (end.sequence === 0 || end.hash.equals(origin)) continue;
    await insertCheckpoint(organizationId, { sequence: end.sequence, kind: "head", hash: end.hash });
    signed += 1;
  }
  return signed;
}

/**
 * Removes entries that are older than their organization keeps them, always from the start of the chain, and signs where it
 * begins now. Answers how many were removed.
 */
export async function purgeAudit(): Promise<number> {
  const due = await system.all<{ organizationId: string; days: number }>(sql`
    select c.organization_id, coalesce(s.retention_days, 90) as days
    from audit_chains c left join audit_settings s on s.organization_id = c.organization_id
    where exists (
      select 1 from audit_entries a
      where a.organization_id = c.organization_id
        -- An hour at a time: what is removed is walked through before.
        and a.created_at < now() - coalesce(s.retention_days, 90) * interval '1 day' - interval '1 hour')
    order by c.organization_id limit ${organizationsMax}`);
  let removed = 0;
  for (const { organizationId, days } of due) removed += await purgeOne(organizationId, days);
  return removed;
}

async function purgeOne(organizationId: string, days: number): Promise<number> {
  // Up to the first entry that is to stay: the chain must not get holes.
  const last = await system.maybe<{ sequence: number; hash: Buffer }>(sql`
    select sequence, hash from (
      select sequence, hash, created_at from audit_entries
      where organization_id = ${organizationId} and sequence is not null order by sequence limit ${entriesMax}) old
    where sequence < coalesce((
      select min(sequence) from audit_entries
      where organization_id = ${organizationId} and created_at >= now() - ${days}::int * interval '1 day'), 9223372036854775807)
    order by sequence desc limit 1`);
  if (!last) return 0;
  const checkpoints = await selectCheckpoints(organizationId);
  const signed = new Map(checkpoints.map(({ sequence, hash }) => [sequence, hash]));
  const { faults } = await walk(organizationId, beginning(organizationId, checkpoints), signed, last.sequence);
  if (faults.length > 0) {
    log.error({ organizationId }, "the audit log was tampered with and is not shortened; run npm run verify:audit");
    return 0;
  }
  await insertCheckpoint(organizationId, { sequence: last.sequence, kind: "purge", hash: last.hash });
  return systemTransaction((tx) =>
    tx.run(sql`
      delete from audit_entries where organization_id = ${organizationId} and sequence <= ${last.sequence}`),
  );
}
