import { createHash, timingSafeEqual } from "node:crypto";
import type { CronAnswer } from "#lib/deployments/schema";
import { processNext, recoverStuck } from "#lib/deployments/worker";
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

/** Takes back what others left, then carries out the oldest deployment that may run (C36). */
export async function runCronTick(): Promise<CronAnswer> {
  await recoverStuck();
  const one = await processNext();
  if (!one) return { processed: false, message: "No jobs to process" };
  const { id: jobId, outcome: status, seconds: duration } = one;
  if (status === "completed" || status === "failed") return { processed: true, jobId, status, duration };
  return { processed: false, message: `Deployment ${jobId} was left to another worker` };
}
