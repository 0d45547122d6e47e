import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { installQueueSchema } from "#lib/queue/install";

const filePattern = /^(\d{14})_(.+)\.sql$/;
/** Any number of processes may start at once: one migrates, the others wait. */
const lockKey = 4_711_100_001;

export type Migration = { version: string; name: string; text: string };

/** The migrations of a folder in order. Throws on a file that the Supabase CLI would not take either. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const [, version, name] = filePattern.exec(file) ?? [];
      if (!version || !name) throw new Error(`${file} is not named <14 digits>_<name>.sql`);
      return { version, name, text: await readFile(join(folder, file), "utf8") };
    }),
  );
}

async function apply(client: pg.Client, { version, name, text }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(text);
    await client.query(
      "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)",
      [version, name, [text]],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`Migration ${version}_${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Brings the database to the newest schema; answers the names of what was applied. Each file is one transaction and is
 * recorded where the Supabase CLI records it, so both can be used on one database.
 */
export async function migrate(databaseUrl: string, folder: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "baton migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query(`
      create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations (version text primary key);
      alter table supabase_migrations.schema_migrations
        add column if not exists statements text[], add column if not exists name text`);
    const { rows } = await client.query<{ version: string }>(
      "select version from supabase_migrations.schema_migrations",
    );
    const done = new Set(rows.map(({ version }) => version));
    const missing = (await readMigrations(folder)).filter(({ version }) => !done.has(version));
    for (const migration of missing) await apply(client, migration);
    // The queue keeps its tables itself, in a schema of its own; still under the lock.
    await installQueueSchema(databaseUrl);
    return missing.map(({ version, name }) => `${version}_${name}`);
  } finally {
    await client.end();
  }
}
