import { runBilling } from "#lib/billing/automatic";
import { system } from "#lib/db/transaction";
import { deploymentQueue, maintainDeployments } from "#lib/deployments/worker";
import { deleteExpiredAnswers } from "#lib/http/idempotency";
import { expireHolds } from "#lib/ledger/service";
import { deleteOldWindows } from "#lib/limits/window";
import { log } from "#lib/log";
import { sweepPackages } from "#lib/packages/sweep";
import type { Queue } from "#lib/queue/queue";
import { startQueues, type Workers } from "#lib/queue/workers";
import { failInterruptedRuns } from "#lib/runs/service";
import { invocationQueue } from "#lib/runtime/invocations/job";
import { settleInterrupted } from "#lib/runtime/invocations/service";
import { raiseBudgetAlerts } from "#lib/usage/budget/service";
import { rollUpUsage } from "#lib/usage/rollup";
import { webhookDeliveries } from "#lib/webhooks/jobs";
import { maintainWebhooks } from "#lib/webhooks/service";

const everyMs = 30_000;

/** Every queue a worker works on. */
const queues: readonly Queue<unknown>[] = [webhookDeliveries, deploymentQueue, invocationQueue];

/** Clean-up that may run on any number of workers at once: each part is complete in itself. */
const parts: Record<string, () => Promise<unknown>> = {
  failInterruptedRuns,
  settleInterrupted,
  maintainDeployments,
  expireHolds,
  deleteOldWindows,
  deleteExpiredAnswers: () => deleteExpiredAnswers(system),
  runBilling,
  rollUpUsage,
  raiseBudgetAlerts,
  sweepPackages,
  maintainWebhooks,
};

/** One round of clean-up, part after part. One that fails is logged and does not keep the others. */
export async function maintain(): Promise<void> {
  for (const [part, work] of Object.entries(parts)) {
    await work().catch((err: unknown) => log.error({ err, part }, "a part of the maintenance failed"));
  }
}

export type Worker = {
  /** Waits for the round and the jobs under way, up to `graceMs`; what is not done by then is handed back. */
  stop(graceMs: number): Promise<void>;
};

/** Starts the background work of this process: clean-up, and the jobs of the queues. */
export function startWorker(): Worker {
  let round: Promise<void> = Promise.resolve();
  let working: Promise<Workers | undefined> | undefined;
  const start = () => {
    // A database that is away at the start is asked again with the next round.
    working ??= startQueues(queues).catch((error: unknown) => {
      log.error({ err: error }, "could not start the queues");
      working = undefined;
      return undefined;
    });
  };
  const tick = () => {
    start();
    round = maintain();
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    stop: async (graceMs) => {
      clearInterval(timer);
      await Promise.all([round, working?.then((workers) => workers?.stop(graceMs))]);
    },
  };
}
