import type { Context } from "#lib/context";
import { system } from "#lib/db/transaction";
import type { QueueStats } from "#lib/deployments/schema";
import { type Figures, selectStats } from "#lib/deployments/stats-queries";
import { singleton } from "#lib/singleton";

/** The thresholds of C32. */
const stuckCritical = 3;
const queuedWarning = 10;
const failedShareWarning = 0.1;
const finishedLeast = 5;

/** The platform's figures are public: one look serves everybody for a moment. */
const sharedMs = 2_000;
const platform = singleton("deployments.stats", () => ({
  until: 0,
  figures: undefined as Promise<Figures> | undefined,
}));

/** What the figures mean (C32): critical when work is stuck, warning when it piles up or fails. */
export function healthOf(figures: Figures): QueueStats["health"] {
  const { stuck, queued, finishedOfDay, failedOfDay } = figures;
  if (stuck >= stuckCritical)
    return { status: "critical", message: `${stuck} deployments are processing for more than 10 minutes` };
  if (queued > queuedWarning) return { status: "warning", message: `${queued} deployments are waiting` };
  if (finishedOfDay >= finishedLeast && failedOfDay > finishedOfDay * failedShareWarning)
    return { status: "warning", message: `${failedOfDay} of ${finishedOfDay} deployments of the last 24 hours failed` };
  return { status: "healthy", message: "Queue is operating normally" };
}

function ofPlatform(now: number): Promise<Figures> {
  if (!platform.figures || platform.until <= now) {
    platform.until = now + sharedMs;
    platform.figures = selectStats(system, null).catch((error: unknown) => {
      platform.until = 0;
      throw error;
    });
  }
  return platform.figures;
}

/** The figures of the caller's organization; of the whole platform for whoever sends no credentials. */
export async function getQueueStats(caller: Context | undefined): Promise<QueueStats> {
  const figures = await (caller ? selectStats(system, caller.organizationId) : ofPlatform(Date.now()));
  const { queued, processing, completed, failed } = figures;
  return {
    stats: { queued, processing, completed, failed, total: queued + processing + completed + failed },
    health: healthOf(figures),
    metrics: { avgProcessingTimeSeconds: figures.averageSeconds, lastUpdated: figures.at },
  };
}
