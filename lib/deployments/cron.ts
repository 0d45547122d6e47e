import type { CronAnswer } from "#lib/deployments/schema";
import { processNext, recoverStuck } from "#lib/deployments/worker";

/** Takes back what others left, then carries out the oldest deployment that may run (C36). */
export async function runCronTick(): Promise<CronAnswer> {
  await recoverStuck();
  const one = await processNext();
  if (!one) return { processed: false, message: "No jobs to process" };
  const { id: jobId, outcome: status, seconds: duration } = one;
  if (status === "completed" || status === "failed") return { processed: true, jobId, status, duration };
  return { processed: false, message: `Deployment ${jobId} was left to another worker` };
}
