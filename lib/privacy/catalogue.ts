import { join, raw, type Sql, sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";
import { singleton } from "#lib/singleton";

/** A table that holds an organization's data, as the database describes it. */
export type DataTable = {
  name: string;
  description: string | null;
  /** Columns that say whose a row is, and those that order it. */
  owner: string;
  keys: { name: string; type: string }[];
  /** Columns that are given out: no hashes, no sealed secrets. */
  columns: string[];
};

/** What is no data of the organization's own, but how Baton works. */
const left = ["idempotency_keys", "used_signatures", "key_spend", "rate_limits", "audit_chains", "audit_checkpoints"];

type Row = { name: string; description: string | null; owner: string; keys: DataTable["keys"]; columns: string[] };

async function read(): Promise<DataTable[]> {
  return system.all<Row>(sql`
    select c.relname as name, obj_description(c.oid, 'pg_class') as description,
      case c.relname when 'organizations' then 'id' else 'organization_id' end as owner,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by k.place)
        from unnest(i.indkey::int2[]) with ordinality as k (number, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number) as keys,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and format_type(a.atttypid, null) <> 'bytea'
          and a.attname !~ '(secret|password|token|ciphertext)' and a.attname !~ '^(sealed|hash)'
          and has_column_privilege('authenticated', c.oid, a.attnum, 'select')) as columns
    from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all (${left})
      and (c.relname = 'organizations' or exists (
        select 1 from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id' and not o.attisdropped))
      and has_any_column_privilege('authenticated', c.oid, 'select')
    order by c.relname`);
}

const known = singleton("privacy.tables", () => ({ tables: undefined as Promise<DataTable[]> | undefined }));

/** Every table that holds data of organizations: what a later migration adds is in it by itself. */
export function dataTables(): Promise<DataTable[]> {
  known.tables ??= read().catch((error: unknown) => {
    known.tables = undefined;
    throw error;
  });
  return known.tables;
}

/** A name from the catalogue, quoted. Never given one that comes from a caller. */
const name = (text: string): Sql => raw(`"${text.replaceAll('"', '""')}"`);

/** A row as it is given out, and where it stands. */
export type DataRow = { data: Record<string, unknown>; place: string[] };

/** The organization's rows of a table behind a place, in the order of its key. */
export function selectRows(
  tx: Tx,
  organizationId: string,
  table: DataTable,
  after: string[] | undefined,
  limit: number,
): Promise<DataRow[]> {
  const keys = table.keys.map((key) => name(key.name));
  const values = table.keys.map((key, index) => sql`${after?.[index] ?? ""}::text::${raw(key.type)}`);
  const behind = after ? sql`and (${join(keys)}) > (${join(values)})` : sql``;
  const data = sql`(select row_to_json(r) from (select ${join(table.columns.map(name))}) as r)`;
  return tx.all<DataRow>(sql`
    select ${data} as data, array[${join(keys.map((key) => sql`${key}::text`))}] as place
    from ${name(table.name)} where ${name(table.owner)} = ${organizationId} ${behind}
    order by ${join(keys)} limit ${limit}`);
}

export async function countRows(tx: Tx, organizationId: string, table: DataTable): Promise<number> {
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*) as count from ${name(table.name)} where ${name(table.owner)} = ${organizationId}`);
  return count;
}
