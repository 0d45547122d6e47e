import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LocalPlatformError } from "./errors.ts";
import { readJson, writePrivate } from "./files.ts";

const Secrets = z.object({
  postgresPassword: z.string().min(20),
  jwtSecret: z.string().min(32),
  anonKey: z.string().startsWith("sb_publishable_"),
  serviceKey: z.string().startsWith("sb_secret_"),
  /** 32 bytes in base64, the AES-256-GCM key that seals what is stored. */
  secretKey: z.base64().length(44),
});
export type Secrets = z.infer<typeof Secrets>;

/** The secrets of this data folder, generated on its first start. Losing them would lock the database for good. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, "secrets.json");
  const stored = readJson(path, Secrets);
  if (stored) return stored;

  if (existsSync(path) || existsSync(join(dataDir, "postgres"))) {
    const remedy = `Restore it from a backup, or delete ${dataDir} to start again without its data.`;
    throw new LocalPlatformError(`${path} is missing or damaged, and its database cannot be opened without. ${remedy}`);
  }
  const secrets = newSecrets();
  writePrivate(path, secrets);
  return secrets;
}

function newSecrets(): Secrets {
  return {
    postgresPassword: randomBytes(24).toString("base64url"),
    jwtSecret: randomBytes(48).toString("base64url"),
    anonKey: `sb_publishable_${randomBytes(24).toString("base64url")}`,
    serviceKey: `sb_secret_${randomBytes(24).toString("base64url")}`,
    secretKey: randomBytes(32).toString("base64"),
  };
}
