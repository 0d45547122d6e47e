import { mkdtempSync, rmSync } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { migrate } from "#lib/db/migrate";
import { templateDatabase } from "#lib/testing/template-database";
import { startLocalPlatform } from "#server/local/platform";

const migrations = join(import.meta.dirname, "../../supabase/migrations");

async function prepareDatabases(databaseUrl: string, isDurable: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    if (!isDurable) {
      for (const setting of ["fsync", "full_page_writes"]) await client.query(`alter system set ${setting} = off`);
      await client.query("select pg_reload_conf()");
    }
    await client.query(`create database ${templateDatabase}`);
  } finally {
    await client.end();
  }
  const template = new URL(databaseUrl);
  template.pathname = `/${templateDatabase}`;
  await migrate(databaseUrl, migrations);
  await migrate(template.href, migrations);
}

export type TestPlatform = { environment: Record<string, string>; stop(): Promise<void> };

/**
 * A platform of the tests' own: real PostgreSQL and real auth in a folder that is thrown away, migrated. When it need not be
 * `isDurable`, which measurements do, nothing waits for the disk and passwords are cheap to hash: tests do not care about
 * power cuts and thieves.
 */
export async function startTestPlatform({ isDurable = true } = {}): Promise<TestPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), "baton-test-"));
  const platform = await startLocalPlatform({
    dataDir,
    siteUrl: "http://localhost:3000",
    requireEmailVerification: false,
    ...(!isDurable && { bcryptCost: 4 }),
  });
  const stop = async () => {
    await platform.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await prepareDatabases(platform.databaseUrl, isDurable);
  } catch (error) {
    await stop();
    throw error;
  }
  const compiled = getCompileCacheDir();
  const environment = {
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    BATON_EMBEDDED: "1",
    BATON_DATA_DIR: dataDir,
    DATABASE_URL: platform.databaseUrl,
    SUPABASE_URL: platform.supabaseUrl,
    SUPABASE_ANON_KEY: platform.anonKey,
    SUPABASE_JWT_SECRET: platform.jwtSecret,
    BATON_SECRET_KEY: platform.secretKey,
    RATE_LIMIT_MULTIPLIER: "1000",
    WEBHOOK_ALLOW_PRIVATE: "1",
    // Processes that a test starts load much the same files as this one.
    ...(compiled && { NODE_COMPILE_CACHE: dirname(compiled) }),
  };
  return { environment, stop };
}
