import { join } from "node:path";
import { readJson } from "./files.ts";
import { Processes } from "./platform.ts";
import { isAlive } from "./process.ts";
import { loadSecrets } from "./secrets.ts";

/** How to reach the platform that is running on a data folder, for tools beside the app; undefined when none is. */
export function findRunningPlatform(dataDir: string): Record<string, string> | undefined {
  const processes = readJson(join(dataDir, "local.json"), Processes);
  if (!processes || !isAlive(processes.postgres.pid)) return undefined;
  const { postgresPassword, anonKey, secretKey } = loadSecrets(dataDir);
  return {
    DATABASE_URL: `postgresql://postgres:${postgresPassword}@127.0.0.1:${processes.postgres.port}/postgres`,
    SUPABASE_URL: `http://127.0.0.1:${processes.auth.port}`,
    SUPABASE_ANON_KEY: anonKey,
    BATON_SECRET_KEY: secretKey,
  };
}
