import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import {
  type Environment,
  EnvironmentError,
  env,
  forgetEmptyVariables,
  parseEnvironment,
  provideEnvironment,
  rawEnvironment,
} from "#lib/env";
import type { Arguments } from "#server/arguments";
import { type LocalPlatform, startLocalPlatform } from "#server/local/platform";

/** Values that parse where the local platform will put real ones: the rest can be checked before it starts. */
const placeholders = {
  BATON_EMBEDDED: "1",
  BATON_SECRET_KEY: Buffer.alloc(32).toString("base64"),
  DATABASE_URL: "postgres://localhost/later",
  SUPABASE_URL: "http://localhost",
  SUPABASE_ANON_KEY: "provided-by-the-local-platform",
};

export type Prepared = { settings: Environment; platform: LocalPlatform | undefined; dataDir: string };

function smtpOf(url: string | undefined, from: string) {
  if (!url) return undefined;
  const { hostname, port, protocol, username, password } = new URL(url);
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return { host: hostname, port: Number(port) || (protocol === "smtps:" ? 465 : 587), user, pass, from };
}

/** Whether this process brings its own database and auth service: when neither is configured. */
function isEmbedded(raw: Record<string, string | undefined>): boolean {
  if (!raw.DATABASE_URL && !raw.SUPABASE_URL) return true;
  if (!raw.DATABASE_URL)
    throw new EnvironmentError(
      "SUPABASE_URL is set but DATABASE_URL is not. Set both, or neither for the local platform.",
    );
  if (!raw.SUPABASE_URL)
    throw new EnvironmentError(
      "DATABASE_URL is set but SUPABASE_URL is not. Set both, or neither for the local platform.",
    );
  return false;
}

/**
 * Reads `.env`, checks every variable, and starts the local platform when no database is configured; then the
 * environment is complete and `env()` may be used everywhere.
 */
export async function prepareEnvironment(
  root: string,
  options: Arguments,
  onProgress: (line: string) => void,
): Promise<Prepared> {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  const given: Record<string, string> = {};
  if (options.port !== undefined) given.PORT = String(options.port);
  // Empty counts as not set, also for libraries that read the environment by themselves.
  forgetEmptyVariables();
  if (options.dev) given.NODE_ENV = "development";
  const before = { ...rawEnvironment(), ...given };
  const embedded = isEmbedded(before);
  const checked = parseEnvironment(embedded ? { ...before, ...placeholders } : before);
  const dataDir = isAbsolute(checked.BATON_DATA_DIR) ? checked.BATON_DATA_DIR : join(root, checked.BATON_DATA_DIR);
  given.BATON_DATA_DIR = dataDir;
  given.NODE_ENV = checked.NODE_ENV;
  if (!embedded) {
    provideEnvironment(given);
    return { settings: env(), platform: undefined, dataDir };
  }
  if (checked.AUTH_BCRYPT_COST < 10) onProgress("AUTH_BCRYPT_COST is under 10: passwords are hashed for tests only.");
  const platform = await startLocalPlatform({
    dataDir,
    siteUrl: checked.BATON_URL ?? `http://localhost:${checked.PORT}`,
    requireEmailVerification: checked.REQUIRE_EMAIL_VERIFICATION,
    bcryptCost: checked.AUTH_BCRYPT_COST,
    smtp: smtpOf(checked.SMTP_URL, checked.MAIL_FROM),
    onProgress,
    onLog: onProgress,
  });
  provideEnvironment({
    ...given,
    BATON_EMBEDDED: "1",
    DATABASE_URL: platform.databaseUrl,
    SUPABASE_URL: platform.supabaseUrl,
    SUPABASE_ANON_KEY: platform.anonKey,
    SUPABASE_JWT_SECRET: platform.jwtSecret,
    BATON_SECRET_KEY: before.BATON_SECRET_KEY || platform.secretKey,
  });
  return { settings: env(), platform, dataDir };
}
