import { describe, expect, test } from "vitest";
import { audit } from "#lib/audit/service";
import { signAuditChains } from "#lib/audit/upkeep";
import { verifyChain } from "#lib/audit/verify";
import { raw, sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { createOrganization } from "#lib/testing/factories";

async function organizationWithEntries(count: number) {
  const made = await createOrganization();
  for (let index = 0; index < count; index++) {
    await transaction(made.ctx, (tx) =>
      audit(tx, made.ctx, {
        event: index % 2 ? "agent.spawn" : "agent.fail",
        resource: { type: "agent", id: `subagent_${index}` },
        details: { note: `Number ${index}`, cost: 0.05 },
        severity: index % 2 ? "info" : "warning",
      }),
    );
  }
  return made;
}

/** A `do` block takes no parameters. */
const sqlUuid = (id: string) => raw(`'${id}'::uuid`);

describe("A30 the chain", () => {
  const kinds = async (organizationId: string) => (await verifyChain(organizationId)).faults.map(({ kind }) => kind);

  test("A30 entries of concurrent transactions form one unbroken chain in each organization", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    const write = ({ ctx }: typeof one, index: number) =>
      transaction(ctx, async (tx) => {
        await audit(tx, ctx, { event: "agent.spawn", resource: { type: "agent", id: String(index) } });
        if (index % 5 === 0)
          await audit(tx, ctx, { event: "agent.fail", resource: { type: "agent", id: String(index) } });
        if (index % 7 === 0) throw new Error("undone");
      }).catch(() => undefined);
    await Promise.all(Array.from({ length: 120 }, (_, index) => write(index % 3 ? one : other, index)));
    for (const { organizationId } of [one, other]) {
      const { faults, entries, end } = await verifyChain(organizationId);
      expect(faults).toEqual([]);
      expect(entries).toBe(end.sequence);
      expect(entries).toBeGreaterThan(20);
    }
  });

  const row = (id: string, place: number) => sql`organization_id = ${id} and sequence = ${place}`;
  const tamperings: [what: string, tamper: (id: string) => Promise<unknown>, found: string][] = [
    ["changed details", (id) => system.run(sql`update audit_entries set details = '{}' where ${row(id, 4)}`), "edited"],
    [
      "a changed severity",
      (id) => system.run(sql`update audit_entries set severity = 'critical' where ${row(id, 4)}`),
      "edited",
    ],
    [
      "a changed time",
      (id) => system.run(sql`update audit_entries set created_at = created_at - interval '1 s' where ${row(id, 4)}`),
      "edited",
    ],
    [
      "a changed address",
      (id) => system.run(sql`update audit_entries set ip_address = '192.0.2.1' where ${row(id, 4)}`),
      "edited",
    ],
    [
      "a changed key",
      (id) => system.run(sql`update audit_entries set api_key_id = gen_random_uuid() where ${row(id, 4)}`),
      "edited",
    ],
    [
      "a changed hash",
      (id) => system.run(sql`update audit_entries set hash = sha256('x') where ${row(id, 4)}`),
      "edited",
    ],
    ["a deleted entry", (id) => system.run(sql`delete from audit_entries where ${row(id, 4)}`), "missing"],
    [
      "deleted first entries",
      (id) => system.run(sql`delete from audit_entries where organization_id = ${id} and sequence < 4`),
      "missing",
    ],
    [
      "deleted last entries",
      (id) => system.run(sql`delete from audit_entries where organization_id = ${id} and sequence > 6`),
      "end",
    ],
    ["all entries deleted", (id) => system.run(sql`delete from audit_entries where organization_id = ${id}`), "end"],
    [
      "deleted last entries and a chain that was shortened",
      async (id) => {
        await system.run(sql`delete from audit_entries where organization_id = ${id} and sequence > 6`);
        await system.run(sql`
          update audit_chains c set sequence = 6, hash = a.hash from audit_entries a
          where c.organization_id = ${id} and a.organization_id = ${id} and a.sequence = 6`);
      },
      "end",
    ],
    [
      "two entries in each other's place",
      async (id) => {
        await system.run(sql`update audit_entries set sequence = 999 where ${row(id, 4)}`);
        await system.run(sql`update audit_entries set sequence = 4 where ${row(id, 5)}`);
        await system.run(sql`update audit_entries set sequence = 5 where ${row(id, 999)}`);
      },
      "edited",
    ],
    [
      "contents of two entries exchanged",
      (id) =>
        system.run(sql`
          update audit_entries a set resource_id = b.resource_id, details = b.details from audit_entries b
          where a.organization_id = ${id} and b.organization_id = ${id} and (a.sequence, b.sequence) in ((4, 5), (5, 4))`),
      "edited",
    ],
    [
      "an edit with every hash behind it made right again",
      async (id) => {
        await system.run(sql`update audit_entries set details = '{"note":"nothing"}' where ${row(id, 4)}`);
        await system.run(sql`
          do $$ declare e audit_entries; before bytea; begin
            for e in select * from audit_entries where organization_id = ${sqlUuid(id)} and sequence >= 4 order by sequence loop
              select hash into before from audit_entries where organization_id = e.organization_id and sequence = e.sequence - 1;
              update audit_entries set hash = sha256(before || baton.audit_content(e)) where id = e.id;
            end loop;
            update audit_chains c set hash = a.hash from audit_entries a
              where c.organization_id = a.organization_id and a.sequence = c.sequence and c.organization_id = ${sqlUuid(id)};
          end $$`);
      },
      "checkpoint",
    ],
    [
      "a checkpoint of somebody else",
      (id) => system.run(sql`update audit_checkpoints set signature = sha256('x') where organization_id = ${id}`),
      "checkpoint",
    ],
  ];

  test.each(tamperings)("A30 verify:audit finds %s", async (_what, tamper, found) => {
    const { organizationId } = await organizationWithEntries(8);
    const other = await organizationWithEntries(2);
    await signAuditChains();
    expect(await kinds(organizationId)).toEqual([]);
    await tamper(organizationId);
    const faults = await kinds(organizationId);
    expect(faults).toContain(found);
    // What was tampered with is not signed again as if it were right.
    await transaction(other.ctx, (tx) =>
      audit(tx, other.ctx, { event: "agent.spawn", resource: { type: "agent", id: "more" } }),
    );
    await signAuditChains();
    expect(await kinds(organizationId)).toEqual(faults);
    expect(await kinds(other.organizationId)).toEqual([]);
  });

  test("A30 an entry that was put in beside the chain is found", async () => {
    const { organizationId } = await organizationWithEntries(2);
    await system.run(sql`
      with made as (
        insert into audit_entries (organization_id, event, severity, request_id, resource_type, resource_id, details)
        values (${organizationId}, 'agent.spawn', 'info', 'req_x', 'agent', 'x', '{}') returning id)
      select id from made`);
    await system.run(sql`
      update audit_entries set sequence = null, hash = null where organization_id = ${organizationId} and resource_id = 'x'`);
    expect(await kinds(organizationId)).toContain("unlinked");
  });
});
