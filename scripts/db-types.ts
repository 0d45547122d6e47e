import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "#lib/db/migrate";
import { startLocalPlatform } from "#server/local/platform";

const root = join(import.meta.dirname, "..");
const file = join(root, "lib/db/tables.generated.ts");

type Column = { table: string; column: string; type: string; nullable: boolean };

/** As the driver hands values over: int8 as number, times as RFC 3339 text, numeric as text. */
const types: Record<string, string> = {
  uuid: "string",
  text: "string",
  inet: "string",
  timestamptz: "string",
  numeric: "string",
  date: "string",
  int2: "number",
  int4: "number",
  _int4: "number[]",
  int8: "number",
  float8: "number",
  bool: "boolean",
  jsonb: "unknown",
  bytea: "Buffer",
  tsvector: "string",
  _text: "string[]",
};

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => camel(`_${name}`);

async function readColumns(databaseUrl: string): Promise<Column[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Column>(`
    select c.table_name as table, c.column_name as column, c.udt_name as type, c.is_nullable = 'YES' as nullable
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    order by c.table_name, c.ordinal_position`);
  await client.end();
  return rows;
}

function render(columns: Column[]): string {
  const tables = Map.groupBy(columns, ({ table }) => table);
  const declarations = [...tables].map(([table, fields]) => {
    const lines = fields.map(({ column, type, nullable }) => {
      const known = types[type];
      if (!known) throw new Error(`${table}.${column} has type ${type}, which scripts/db-types.ts does not know.`);
      return `  ${camel(column)}: ${known}${nullable ? " | null" : ""};`;
    });
    return `export type ${pascal(table)}Table = {\n${lines.join("\n")}\n};\n`;
  });
  return `// Written by "npm run db:types" from the migrated database. Do not edit.\n\n${declarations.join("\n")}`;
}

const dataDir = mkdtempSync(join(tmpdir(), "baton-types-"));
const platform = await startLocalPlatform({
  dataDir,
  siteUrl: "http://localhost:3000",
  requireEmailVerification: false,
});
try {
  await migrate(platform.databaseUrl, join(root, "supabase/migrations"));
  const text = render(await readColumns(platform.databaseUrl));
  if (process.argv.includes("--check")) {
    const isCurrent = readFileSync(file, "utf8") === text;
    process.stdout.write(
      isCurrent
        ? "lib/db/tables.generated.ts is current\n"
        : "lib/db/tables.generated.ts is out of date: npm run db:types\n",
    );
    process.exitCode = isCurrent ? 0 : 1;
  } else {
    writeFileSync(file, text);
    process.stdout.write("wrote lib/db/tables.generated.ts\n");
  }
} finally {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
