import { chmodSync, mkdirSync, realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { type AuthProcess, type AuthServer, startAuth } from "./auth.ts";
import type { AuthConfig } from "./auth-protocol.ts";
import { LocalPlatformError, messageOf } from "./errors.ts";
import { readJson, writePrivate } from "./files.ts";
import { takeLock } from "./lock.ts";
import { freePort } from "./ports.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { createRoles, openAuthSchema } from "./roles.ts";
import { loadSecrets } from "./secrets.ts";

export type LocalPlatform = {
  databaseUrl: string;
  supabaseUrl: string;
  anonKey: string;
  serviceKey: string;
  jwtSecret: string;
  secretKey: string;
  stop(): Promise<void>;
};

export type LocalPlatformOptions = {
  /** Absolute. Everything the platform keeps is in here: database, secrets, lock, log. */
  dataDir: string;
  siteUrl: string;
  requireEmailVerification: boolean;
  /** Of the hashes of passwords made from now on: 4 to 15, each step doubles the work. 10 unless said. */
  bcryptCost?: number;
  smtp?: AuthConfig["smtp"];
  /** One line per phase of the start. */
  onProgress?: (line: string) => void;
  /** What happens later: mails that were not sent, restarts, complaints of the auth process. */
  onLog?: (line: string) => void;
};

/** What runs on a data folder, as its `local.json` says. */
export const Processes = z.object({
  postgres: z.object({ pid: z.int(), port: z.int() }),
  auth: z.object({ pid: z.int().optional(), port: z.int() }),
});
export type Processes = z.infer<typeof Processes>;

/**
 * Starts PostgreSQL and the auth API beside the app. One process at a time may hold a data folder; a PostgreSQL that a
 * killed process left running is adopted. Failures are `LocalPlatformError`s whose message is for the terminal.
 */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const dataDir = openDataDir(options.dataDir);
  const unlock = takeLock(dataDir);
  const parts: Parts = { unlock };
  // An app that ends without stopping us (a crash, process.exit) still gets its database closed properly.
  const leave = () => {
    parts.postgres?.abandon();
    unlock();
  };
  process.once("exit", leave);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopParts(parts).finally(() => process.off("exit", leave));
    return stopping;
  };
  try {
    return { ...(await startParts(dataDir, parts, options)), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

type Parts = { unlock: () => void; auth?: AuthProcess; postgres?: Postgres };

async function startParts(
  dataDir: string,
  parts: Parts,
  options: LocalPlatformOptions,
): Promise<Omit<LocalPlatform, "stop">> {
  const { onProgress = ignore, onLog = ignore } = options;
  const recordPath = join(dataDir, "local.json");
  const last = readJson(recordPath, Processes);
  const { postgresPassword, jwtSecret, anonKey, serviceKey, secretKey } = loadSecrets(dataDir);
  let auth: AuthServer | undefined;
  const record = () => {
    const { postgres } = parts;
    if (!postgres || !auth) return;
    const processes: Processes = {
      postgres: { pid: postgres.pid(), port: postgres.port },
      auth: { pid: auth.pid(), port: auth.port },
    };
    writePrivate(recordPath, processes);
  };

  // It loads while PostgreSQL comes up.
  parts.auth = startAuth(options.bcryptCost ?? 10, onLog);
  const preferredPort = last?.postgres.port;
  const password = postgresPassword;
  parts.postgres = await startPostgres({ dataDir, password, preferredPort, onProgress, onLog, onRestart: record });
  const databaseUrl = parts.postgres.url;
  await createRoles(databaseUrl);

  onProgress("Starting the auth API");
  const { siteUrl, requireEmailVerification, smtp } = options;
  const port = await freePort(last?.auth.port);
  const config = { databaseUrl, port, siteUrl, jwtSecret, anonKey, serviceKey, requireEmailVerification, smtp };
  auth = await parts.auth.listen(config, record);
  await openAuthSchema(databaseUrl);
  record();
  return { databaseUrl, supabaseUrl: auth.url, anonKey, serviceKey, jwtSecret, secretKey };
}

/** The auth API first, as it needs the database; the lock last, when the folder is really free again. */
async function stopParts({ auth, postgres, unlock }: Parts): Promise<void> {
  try {
    await auth?.stop();
  } finally {
    await postgres?.stop();
    unlock();
  }
}

function openDataDir(path: string): string {
  if (!isAbsolute(path)) throw new LocalPlatformError(`The data folder must be an absolute path, not "${path}".`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // Under root the database runs as another user, who has to get through to its own folder in here.
    chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    return realpathSync(path);
  } catch (error) {
    const remedy = "Start Baton as the user who owns it, or choose another data folder.";
    throw new LocalPlatformError(`The data folder ${path} cannot be used: ${messageOf(error)}. ${remedy}`);
  }
}

function ignore(): void {}
