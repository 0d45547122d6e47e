import {
  type Checkpoint,
  hashOf,
  isSigned,
  origin,
  selectCheckpoints,
  selectHead,
  selectLinks,
} from "#lib/audit/chain";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";

const pageEntriesMax = 1_000;

export type Fault = {
  organizationId: string;
  /**
   * `edited`: an entry is not what its hash says, or stands in another place; `missing`: entries before this one are gone;
   * `end`: the newest entries are gone; `unlinked`: an entry was put beside the chain; `checkpoint`: the chain is not the
   * one this server signed.
   */
  kind: "edited" | "missing" | "end" | "unlinked" | "checkpoint";
  sequence: number;
};

type Place = { sequence: number; hash: Buffer };

/** Where the chain has to begin: at its origin, or behind what the retention removed and this server signed for. */
export function beginning(organizationId: string, checkpoints: Checkpoint[]): Place {
  const purged = checkpoints.findLast((one) => one.kind === "purge" && isSigned(organizationId, one));
  return purged ? { sequence: purged.sequence, hash: purged.hash } : { sequence: 0, hash: origin };
}

/** Walks the chain behind a place in pages; answers where it ends and what is wrong on the way. */
export async function walk(
  organizationId: string,
  from: Place,
  signed: ReadonlyMap<number, Buffer> = new Map(),
  upTo = Number.POSITIVE_INFINITY,
): Promise<{ end: Place; entries: number; faults: Fault[] }> {
  const faults: Fault[] = [];
  let end = from;
  let entries = 0;
  for (;;) {
    const links = await selectLinks(organizationId, end.sequence, pageEntriesMax);
    for (const { sequence, content, hash } of links) {
      if (sequence > upTo) return { end, entries, faults };
      entries += 1;
      const isNext = sequence === end.sequence + 1;
      if (!isNext) faults.push({ organizationId, kind: "missing", sequence });
      // Behind a gap the hash before is not known; what follows is held to what is there.
      else if (!hashOf(end.hash, content).equals(hash)) faults.push({ organizationId, kind: "edited", sequence });
      const known = signed.get(sequence);
      if (known && !known.equals(hash)) faults.push({ organizationId, kind: "checkpoint", sequence });
      end = { sequence, hash };
    }
    if (links.length < pageEntriesMax) return { end, entries, faults };
  }
}

/** Checks one organization's log, in constant memory. */
export async function verifyChain(organizationId: string): Promise<{ entries: number; end: Place; faults: Fault[] }> {
  // Before the entries are read: those that come meanwhile are behind it.
  const head = await selectHead(organizationId);
  const checkpoints = await selectCheckpoints(organizationId);
  const { unlinked } = await system.one<{ unlinked: number }>(sql`
    select count(*) as unlinked from audit_entries where organization_id = ${organizationId} and sequence is null`);
  const signed = new Map(checkpoints.map(({ sequence, hash }) => [sequence, hash]));
  const { end, entries, faults } = await walk(organizationId, beginning(organizationId, checkpoints), signed);
  const newest = Math.max(head?.sequence ?? 0, checkpoints.at(-1)?.sequence ?? 0);
  if (unlinked > 0) faults.push({ organizationId, kind: "unlinked", sequence: 0 });
  if (end.sequence < newest) faults.push({ organizationId, kind: "end", sequence: newest });
  if (head && end.sequence === head.sequence && !end.hash.equals(head.hash))
    faults.push({ organizationId, kind: "edited", sequence: head.sequence });
  for (const one of checkpoints) {
    if (!isSigned(organizationId, one)) faults.push({ organizationId, kind: "checkpoint", sequence: one.sequence });
  }
  return { entries, end, faults };
}

/** Checks every organization's log, one after another. `found` is told of each one's faults. */
export async function verifyAudit(
  found: (faults: Fault[]) => void,
): Promise<{ organizations: number; entries: number; faults: number }> {
  const seen = { organizations: 0, entries: 0, faults: 0 };
  let after: string | null = null;
  for (;;) {
    const chains: { id: string }[] = await system.all<{ id: string }>(sql`
      select o.id from organizations o
      where (${after}::uuid is null or o.id > ${after}::uuid) order by o.id limit 500`);
    for (const { id } of chains) {
      const first = await verifyChain(id);
      // Looked at twice: the retention may have removed entries meanwhile.
      const { entries, faults } = first.faults.length > 0 ? await verifyChain(id) : first;
      seen.organizations += 1;
      seen.entries += entries;
      seen.faults += faults.length;
      if (faults.length > 0) found(faults);
    }
    after = chains.at(-1)?.id ?? null;
    if (after === null || chains.length < 500) return seen;
  }
}
