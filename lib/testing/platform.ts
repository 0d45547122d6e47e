import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "#lib/db/migrate";
import { startLocalPlatform } from "#server/local/platform";

export type TestPlatform = { environment: Record<string, string>; stop(): Promise<void> };

/** A platform of the tests' own: real PostgreSQL and real auth in a folder that is thrown away, migrated. */
export async function startTestPlatform(): Promise<TestPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), "baton-test-"));
  const platform = await startLocalPlatform({
    dataDir,
    siteUrl: "http://localhost:3000",
    requireEmailVerification: false,
  });
  const stop = async () => {
    await platform.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(platform.databaseUrl, join(import.meta.dirname, "../../supabase/migrations"));
  } catch (error) {
    await stop();
    throw error;
  }
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
  };
  return { environment, stop };
}
