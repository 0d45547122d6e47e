import { refreshDueCredits } from "#lib/account-pool/credits";
import { purgeAudit, signAuditChains } from "#lib/audit/upkeep";
import { runBilling } from "#lib/billing/automatic";
import { endIdleSessions } from "#lib/chat/sessions";
import { deleteExpiredPrompts } from "#lib/completions/cache";
import { system } from "#lib/db/transaction";
import { deploymentQueue, maintainDeployments } from "#lib/deployments/worker";
import { numberAllEvents } from "#lib/events/service";
import { deleteExpiredAnswers } from "#lib/http/idempotency";
import { expireHolds } from "#lib/ledger/service";
import { deleteOldWindows } from "#lib/limits/window";
import { log } from "#lib/log";
import { sweepPackages } from "#lib/packages/sweep";
import { raiseAllBudgetEvents } from "#lib/pricing/health/budget";
import { eraseExpired } from "#lib/privacy/service";
import { type Drained, drainQueue } from "#lib/queue/drain";
import type { Queue } from "#lib/queue/queue";
import { resumableKinds } from "#lib/runs/kinds";
import { failInterruptedRuns } from "#lib/runs/service";
import { recoverRuns, runQueue } from "#lib/runs/worker";
import { invocationQueue } from "#lib/runtime/invocations/job";
import { settleInterrupted } from "#lib/runtime/invocations/service";
import { deleteExpiredSecurity } from "#lib/security/queries";
import { remindOfKeys } from "#lib/security/reminders";
import { blockSpikes } from "#lib/security/spend";
import { raiseBudgetAlerts } from "#lib/usage/budget/service";
import { rollUpUsage } from "#lib/usage/rollup";
import { webhookDeliveries } from "#lib/webhooks/jobs";
import { maintainWebhooks } from "#lib/webhooks/service";

/** Every queue a worker works on. */
export const queues: readonly Queue<unknown>[] = [webhookDeliveries, deploymentQueue, invocationQueue, runQueue];

/** Clean-up that may run on any number of workers at once: each part is complete in itself. */
const parts: Record<string, () => Promise<unknown>> = {
  recoverRuns,
  failInterruptedRuns: () => failInterruptedRuns(resumableKinds),
  endIdleSessions,
  settleInterrupted,
  maintainDeployments,
  expireHolds,
  deleteOldWindows,
  deleteExpiredPrompts,
  deleteExpiredAnswers: () => deleteExpiredAnswers(system),
  runBilling,
  rollUpUsage,
  raiseBudgetAlerts,
  raiseAllBudgetEvents,
  sweepPackages,
  maintainWebhooks,
  blockSpikes: () => blockSpikes(),
  deleteExpiredSecurity,
  remindOfKeys,
  signAuditChains,
  purgeAudit,
  eraseExpired,
  numberAllEvents,
  refreshDueCredits,
};

/** One round of clean-up, part after part. One that fails is logged and does not keep the others. */
export async function maintain(): Promise<void> {
  for (const [part, work] of Object.entries(parts)) {
    await work().catch((err: unknown) => log.error({ err, part }, "a part of the maintenance failed"));
  }
}

/**
 * One tick on a host without workers: a round of clean-up, then the jobs that are due, for at most `maxMs` in all. Answers
 * how many jobs ended how. Ticks may overlap: no job is worked on twice at a time.
 */
export async function runUpkeep(maxMs = 45_000): Promise<Drained> {
  const deadline = Date.now() + maxMs;
  await maintain();
  const total: Drained = { completed: 0, failed: 0 };
  for (const queue of queues) {
    const drained = await drainQueue(queue, { maxMs: Math.max(0, deadline - Date.now()) });
    total.completed += drained.completed;
    total.failed += drained.failed;
  }
  return total;
}
