import { beforeAll, describe, expect, test } from "vitest";
import { pool } from "#lib/db/client";
import { createOrganization } from "#lib/testing/factories";
import { addRow, insertOf, type Rows, readTables, valuesFor } from "#lib/testing/tenant-rows";

type Organization = Awaited<ReturnType<typeof createOrganization>>;
type Claims = { sub?: string; organization_id?: string };
type Outcome = { refused: string } | { rows: Record<string, unknown>[] };

const tables = await readTables();
/** The column that says whose a row is. */
const ownerColumns: Record<string, string> = { organizations: "id", profiles: "user_id" };
const tenantTables = tables.flatMap(({ name, columns }) => {
  const owner = ownerColumns[name] ?? columns.find((column) => column.name === "organization_id")?.name;
  return owner ? [{ name, owner }] : [];
});

let one: Organization;
let other: Organization;
const rowsOf = new Map<string, Rows>();

beforeAll(async () => {
  [one, other] = [await createOrganization(), await createOrganization()];
  for (const { organizationId, userId } of [one, other]) {
    const rows: Rows = new Map([
      ["organizations", { id: organizationId }],
      ["profiles", { user_id: userId }],
    ]);
    rowsOf.set(organizationId, rows);
    for (const { name } of tenantTables) await addRow(tables, name, organizationId, rows);
  }
});

/** What a statement gives under a role and claims; undone afterwards. `transaction(ctx)` enters tenants with the same settings. */
async function as(
  role: "anon" | "authenticated",
  claims: Claims,
  text: string,
  values: unknown[] = [],
): Promise<Outcome> {
  const client = await pool().connect();
  try {
    await client.query("begin");
    await client.query("select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", [
      role,
      JSON.stringify({ role, ...claims }),
    ]);
    const { rows } = await client.query({ text, values });
    return { rows };
  } catch (error) {
    return { refused: String((error as { code?: string }).code) };
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const ownersIn = (outcome: Outcome, owner: string) => ("rows" in outcome ? outcome.rows.map((row) => row[owner]) : []);
const idOf = (organization: Organization, owner: string) =>
  owner === "user_id" ? organization.userId : organization.organizationId;

test.each(tables)("$name has row-level security and a policy", async ({ name }) => {
  const { rows } = await pool().query(
    `select c.relrowsecurity as secured, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c where c.oid = $1::regclass`,
    [`public.${name}`],
  );
  expect(rows[0]?.secured).toBe(true);
  expect(rows[0]?.policies).toBeGreaterThan(0);
});

test.each(tables)("$name shows nothing to anon and takes nothing from it", async ({ name }) => {
  const read = await as("anon", {}, `select * from ${name}`);
  expect("refused" in read ? read.refused : read.rows).toEqual("refused" in read ? "42501" : []);
  expect(await as("anon", {}, `delete from ${name}`)).toEqual({ refused: "42501" });
  expect(await as("anon", {}, `insert into ${name} default values`)).toEqual({ refused: "42501" });
});

describe.each(tenantTables)("$name", ({ name, owner }) => {
  const tenantClaims = () => ({ sub: other.userId, organization_id: other.organizationId });

  test("a tenant's statement that forgot the filter reads, changes and deletes nothing of another tenant", async () => {
    const read = await as("authenticated", tenantClaims(), `select ${owner} from ${name}`);
    // Not for want of rows: its own is there, unless the table is closed to tenants altogether.
    if ("rows" in read) expect(ownersIn(read, owner)).toContain(idOf(other, owner));
    expect(ownersIn(read, owner)).not.toContain(idOf(one, owner));
    for (const text of [
      `update ${name} set ${owner} = ${owner} returning ${owner}`,
      `delete from ${name} returning ${owner}`,
    ]) {
      const changed = await as("authenticated", tenantClaims(), text);
      if ("refused" in changed) expect(["42501", "BT001"], text).toContain(changed.refused);
      expect(ownersIn(changed, owner), text).not.toContain(idOf(one, owner));
    }
  });

  test("a tenant cannot add a row to another tenant, nor move its own there", async () => {
    const rows = rowsOf.get(one.organizationId) ?? new Map();
    const insert = insertOf(name, await valuesFor(tables, name, one.organizationId, rows));
    expect(await as("authenticated", tenantClaims(), insert.text, insert.values)).toEqual({ refused: "42501" });
    const moved = await as("authenticated", tenantClaims(), `update ${name} set ${owner} = $1`, [idOf(one, owner)]);
    expect(moved).toEqual({ refused: "42501" });
  });

  test("a person's own token reads at most what is his and writes nothing", async () => {
    const own = { sub: one.userId };
    const read = await as("authenticated", own, `select ${owner} from ${name}`);
    expect(new Set(ownersIn(read, owner)).size).toBeLessThanOrEqual(1);
    expect(ownersIn(read, owner)).not.toContain(idOf(other, owner));
    const insert = insertOf(
      name,
      await valuesFor(tables, name, one.organizationId, rowsOf.get(one.organizationId) ?? new Map()),
    );
    expect(await as("authenticated", own, insert.text, insert.values)).toEqual({ refused: "42501" });
    for (const text of [
      `update ${name} set ${owner} = ${owner} returning ${owner}`,
      `delete from ${name} returning ${owner}`,
    ]) {
      const changed = await as("authenticated", own, text);
      expect("refused" in changed ? changed.refused : changed.rows, text).toEqual("refused" in changed ? "42501" : []);
    }
  });

  test("a token of nobody reads nothing", async () => {
    expect(ownersIn(await as("authenticated", {}, `select ${owner} from ${name}`), owner)).toEqual([]);
  });
});

test("the readable tables are readable: a person's own token sees his organization, its members, usage and credits", async () => {
  for (const name of ["organizations", "members", "credit_transactions", "usage_events", "events", "runs"]) {
    const read = await as("authenticated", { sub: one.userId }, `select * from ${name}`);
    expect("rows" in read && read.rows.length, name).toBeGreaterThan(0);
  }
  for (const name of ["api_keys", "invitations", "idempotency_keys", "audit_entries"]) {
    expect(await as("authenticated", { sub: one.userId }, `select * from ${name}`), name).toEqual({ rows: [] });
  }
});
