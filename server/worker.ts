import { runBilling } from "#lib/billing/automatic";
import { system } from "#lib/db/transaction";
import { deleteExpiredAnswers } from "#lib/http/idempotency";
import { expireHolds } from "#lib/ledger/service";
import { deleteOldWindows } from "#lib/limits/window";
import { log } from "#lib/log";
import { sweepPackages } from "#lib/packages/sweep";
import { failInterruptedRuns } from "#lib/runs/service";
import { raiseBudgetAlerts } from "#lib/usage/budget/service";
import { rollUpUsage } from "#lib/usage/rollup";

const everyMs = 30_000;

/** Clean-up that may run on any number of workers at once: each statement is complete in itself. */
export async function maintain(): Promise<void> {
  await failInterruptedRuns();
  await expireHolds();
  await deleteOldWindows();
  await deleteExpiredAnswers(system);
  await runBilling();
  await rollUpUsage();
  await raiseBudgetAlerts();
  await sweepPackages();
}

export type Worker = { stop(): Promise<void> };

/** Starts the background work of this process. `stop` waits for a round that is under way. */
export function startWorker(): Worker {
  let round: Promise<void> = Promise.resolve();
  const tick = () => {
    round = maintain().catch((error: unknown) => log.error({ err: error }, "maintenance failed"));
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}
