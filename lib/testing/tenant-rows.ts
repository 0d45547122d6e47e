import type { QueryResultRow } from "pg";
import { pool } from "#lib/db/client";

type Column = {
  name: string;
  type: string;
  isRequired: boolean;
  words: string[];
  parent: string | null;
  parentColumn: string | null;
};
export type Table = { name: string; columns: Column[] };

const catalogue = `
  select c.relname as "table", a.attname as name, format_type(a.atttypid, null) as type,
    a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
    f.confrelid::regclass::text as parent,
    (select attname from pg_attribute
      where attrelid = f.confrelid and attnum = f.confkey[array_position(f.conkey, a.attnum)]) as parent_column,
    (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
  from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    -- Keys of two columns carry the organization first: (organization_id, project_id).
    left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.conkey[cardinality(f.conkey)] = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  order by c.relname, a.attnum`;

/** Every table of the schema public as the database itself describes it. */
export async function readTables(): Promise<Table[]> {
  const { rows } = await pool().query<QueryResultRow>(catalogue);
  const tables = new Map<string, Table>();
  for (const row of rows) {
    const table: Table = tables.get(row.table) ?? { name: row.table, columns: [] };
    tables.set(row.table, table);
    const words = [...String(row.checks ?? "").matchAll(/'([^']*)'::text/g)].map(([, word = ""]) => word);
    const { name, type, required: isRequired, parent, parent_column: parentColumn } = row;
    table.columns.push({ name, type, isRequired, words, parent, parentColumn });
  }
  return [...tables.values()];
}

const samples: Record<string, () => unknown> = {
  uuid: () => crypto.randomUUID(),
  bytea: () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))),
  jsonb: () => "{}",
  boolean: () => false,
  // In the future, so that no clean-up takes the row for expired.
  "timestamp with time zone": () => new Date(Date.now() + 3_600_000).toISOString(),
  date: () => new Date().toISOString().slice(0, 10),
  inet: () => "203.0.113.7",
  "text[]": () => [],
  "baton.agent_id": () =>
    `subagent_${Math.floor(Date.now() / 1_000)}_${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`,
  "baton.team_id": () => `team_${crypto.randomUUID().replaceAll("-", "")}`,
  "baton.oid": () => crypto.randomUUID().replaceAll("-", "").slice(0, 24),
};

function sample({ type, words }: Column): unknown {
  if (words[0] !== undefined) return words[0];
  if (type === "text") return `t${crypto.randomUUID().replaceAll("-", "")}`;
  return samples[type]?.() ?? 1;
}

/** Rows of one organization, by table: what is there already, and what is added. */
export type Rows = Map<string, Record<string, unknown>>;

/** Values for a new row of an organization: what the catalogue demands, and parents of the same organization. */
export async function valuesFor(
  tables: Table[],
  name: string,
  organizationId: string,
  rows: Rows,
): Promise<Record<string, unknown>> {
  const table = tables.find((one) => one.name === name);
  if (!table) throw new Error(`There is no table ${name}.`);
  const values: Record<string, unknown> = {};
  for (const column of table.columns) {
    if (!column.isRequired) continue;
    if (column.name === "organization_id") values.organization_id = organizationId;
    else if (column.parent && column.parentColumn) {
      values[column.name] = (await addRow(tables, column.parent, organizationId, rows))[column.parentColumn];
    } else values[column.name] = sample(column);
  }
  return values;
}

/** An insert statement for the values, for whoever runs it. */
export function insertOf(name: string, values: Record<string, unknown>): { text: string; values: unknown[] } {
  const columns = Object.keys(values);
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  return { text: `insert into ${name} (${columns.join(", ")}) values (${places})`, values: Object.values(values) };
}

/** The organization's row of a table, made when there is none yet. Throws for a table this cannot make rows for. */
export async function addRow(
  tables: Table[],
  name: string,
  organizationId: string,
  rows: Rows,
): Promise<Record<string, unknown>> {
  const known = rows.get(name);
  if (known) return known;
  const { text, values } = insertOf(name, await valuesFor(tables, name, organizationId, rows));
  const { rows: made } = await pool().query<QueryResultRow>({
    text: `${text} on conflict do nothing returning *`,
    values,
  });
  const row =
    made[0] ?? (await pool().query(`select * from ${name} where organization_id = $1`, [organizationId])).rows[0];
  if (!row) throw new Error(`No row could be made in ${name}.`);
  rows.set(name, row);
  return row;
}
