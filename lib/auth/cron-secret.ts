import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#lib/env";
import { unauthorized } from "#lib/errors";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether a call of a clock carries CRON_SECRET, as `x-cron-secret` or as Vercel sends it. Throws `unauthorized`. */
export function requireCronSecret(headers: Headers): void {
  const { CRON_SECRET: secret } = env();
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.get("authorization") ?? "")?.[1];
  const given = headers.get("x-cron-secret") ?? bearer;
  // Digests have one length, so the comparison tells nothing about the secret's.
  if (!secret || given === undefined || !timingSafeEqual(digest(given), digest(secret)))
    throw unauthorized("Unauthorized");
}
