import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit } from "#lib/audit/service";
import { purgeAudit, signAuditChains } from "#lib/audit/upkeep";
import { verifyAudit, verifyChain } from "#lib/audit/verify";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

const environment = await ownDatabase();

/** Entries of which the first `old` were written so many days ago; the clock of the database is not ours to set. */
async function organizationWithOldEntries(old: number, daysAgo: number, fresh = 3) {
  const made = await createOrganization();
  await system.run(sql`delete from audit_entries where organization_id = ${made.organizationId}`);
  await system.run(
    sql`update audit_chains set sequence = 0, hash = decode(repeat('00', 32), 'hex') where organization_id = ${made.organizationId}`,
  );
  await system.run(sql`
    insert into audit_entries (organization_id, event, severity, request_id, resource_type, resource_id, details, created_at)
    select ${made.organizationId}, 'agent.spawn', 'info', 'req_old', 'agent', n::text, '{}', now() - ${daysAgo}::int * interval '1 day'
    from generate_series(1, ${old}) n`);
  for (let n = 0; n < fresh; n++)
    await transaction(made.ctx, (tx) =>
      audit(tx, made.ctx, { event: "agent.spawn", resource: { type: "agent", id: `fresh ${n}` } }),
    );
  return made;
}

const chainOf = async (id: string) => {
  const { faults, entries } = await verifyChain(id);
  return { entries, faults: faults.map(({ kind }) => kind) };
};

test("A30 the retention removes what is older than 90 days, or the setting, and the rest still verifies", async () => {
  const usual = await organizationWithOldEntries(20, 91);
  const short = await organizationWithOldEntries(20, 8);
  const long = await organizationWithOldEntries(20, 91);
  const setting = (days: number, id: string) =>
    system.run(sql`
    insert into audit_settings (organization_id, enabled, retention_days, events) values (${id}, true, ${days}, '{agent.spawn}')`);
  await setting(7, short.organizationId);
  await setting(365, long.organizationId);
  await signAuditChains();
  expect(await purgeAudit()).toBe(40);
  expect(await chainOf(usual.organizationId)).toEqual({ entries: 3, faults: [] });
  expect(await chainOf(short.organizationId)).toEqual({ entries: 3, faults: [] });
  expect(await chainOf(long.organizationId)).toEqual({ entries: 23, faults: [] });
  await transaction(usual.ctx, (tx) =>
    audit(tx, usual.ctx, { event: "agent.spawn", resource: { type: "agent", id: "after" } }),
  );
  await signAuditChains();
  expect(await chainOf(usual.organizationId)).toEqual({ entries: 4, faults: [] });
  expect(await purgeAudit()).toBe(0);
  let faults = 0;
  const seen = await verifyAudit((found) => {
    faults += found.length;
  });
  expect({ ...seen, faults }).toEqual({ organizations: 3, entries: 30, faults: 0 });
});

test("A30 a log can be shortened to nothing and goes on behind", async () => {
  const { organizationId, ctx } = await organizationWithOldEntries(5, 100, 0);
  expect(await purgeAudit()).toBe(5);
  expect(await chainOf(organizationId)).toEqual({ entries: 0, faults: [] });
  await transaction(ctx, (tx) => audit(tx, ctx, { event: "agent.spawn", resource: { type: "agent", id: "after" } }));
  expect(await chainOf(organizationId)).toEqual({ entries: 1, faults: [] });
});

test("A30 after the retention, more that is removed from the start is found; a log that was tampered with is not shortened", async () => {
  const cut = await organizationWithOldEntries(10, 91);
  await purgeAudit();
  await system.run(sql`delete from audit_entries where organization_id = ${cut.organizationId} and sequence = 11`);
  expect((await chainOf(cut.organizationId)).faults).toEqual(["missing"]);

  const edited = await organizationWithOldEntries(10, 91);
  await system.run(
    sql`update audit_entries set details = '{"x":1}' where organization_id = ${edited.organizationId} and sequence = 2`,
  );
  await purgeAudit();
  expect(await chainOf(edited.organizationId)).toEqual({ entries: 13, faults: ["edited"] });
});

/** The tool as `npm run verify:audit` starts it. */
async function runScript() {
  const script = join(import.meta.dirname, "../../scripts/verify-audit.ts");
  const child = spawn(process.execPath, [script], { env: { ...environment, NODE_ENV: "test" } });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  return { code, output };
}

test("A30 npm run verify:audit says what is wrong, and exits with 1 then", async () => {
  await system.run(sql`delete from organizations`);
  const { organizationId } = await organizationWithOldEntries(3, 1);
  expect(await runScript()).toEqual({ code: 0, output: "1 organization, 6 entries: 0 faults\n" });
  await system.run(sql`delete from audit_entries where organization_id = ${organizationId} and sequence = 3`);
  expect(await runScript()).toEqual({
    code: 1,
    output: `${organizationId} missing: entries before 4 are gone\n1 organization, 5 entries: 1 fault\n`,
  });
});
