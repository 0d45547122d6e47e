import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate, readMigrations } from "#lib/db/migrate";
import { env } from "#lib/env";

const folder = join(import.meta.dirname, "../../supabase/migrations");
const name = `migrate_${randomUUID().replaceAll("-", "")}`;
let url: string;
let scratch: string;

async function query(databaseUrl: string, text: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await query(env().DATABASE_URL, `create database ${name}`);
  const address = new URL(env().DATABASE_URL);
  address.pathname = `/${name}`;
  url = address.href;
  scratch = await mkdtemp(join(tmpdir(), "baton-migrate-"));
});
afterAll(async () => {
  await query(env().DATABASE_URL, `drop database ${name} with (force)`);
  await rm(scratch, { recursive: true });
});

test("three processes that start at once apply every migration once; later ones apply nothing", async () => {
  const all = (await readMigrations(folder)).map((one) => `${one.version}_${one.name}`);
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(applied.filter((names) => names.length > 0)).toEqual([all]);
  expect(await migrate(url, folder)).toEqual([]);
  const rows = await query(
    url,
    "select version || '_' || name as name from supabase_migrations.schema_migrations order by 1",
  );
  expect(rows.map((row) => row.name)).toEqual(all);
});

test("a migration that fails leaves nothing of itself, keeps those before it, and is named", async () => {
  await writeFile(join(scratch, "20990101000000_good.sql"), "create table good (id int);");
  await writeFile(join(scratch, "20990101000001_bad.sql"), "create table half (id int); select 1 / 0;");
  await expect(migrate(url, scratch)).rejects.toThrow("Migration 20990101000001_bad failed: division by zero");
  const tables = await query(
    url,
    "select to_regclass('good') is not null as good, to_regclass('half') is not null as half",
  );
  expect(tables).toEqual([{ good: true, half: false }]);
  await writeFile(join(scratch, "20990101000001_bad.sql"), "create table half (id int);");
  expect(await migrate(url, scratch)).toEqual(["20990101000001_bad"]);
});

test("a file that the Supabase CLI would not take is refused", async () => {
  await writeFile(join(scratch, "add_things.sql"), "select 1;");
  await expect(readMigrations(scratch)).rejects.toThrow("add_things.sql is not named <14 digits>_<name>.sql");
  await rm(join(scratch, "add_things.sql"));
});
