import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "#lib/db/migrate";
import { startLocalPlatform } from "#server/local/platform";

declare module "vitest" {
  interface ProvidedContext {
    environment: Record<string, string>;
  }
}

/** A platform of the tests' own: real PostgreSQL and real auth in a folder that is thrown away. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "baton-test-"));
  const platform = await startLocalPlatform({
    dataDir,
    siteUrl: "http://localhost:3000",
    requireEmailVerification: false,
  });
  await migrate(platform.databaseUrl, join(import.meta.dirname, "../../supabase/migrations"));
  project.provide("environment", {
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
  });
  return async () => {
    await platform.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
