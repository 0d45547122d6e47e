import { log } from "#lib/log";
import { startQueues, type Workers } from "#lib/queue/workers";
import { maintain, queues } from "#lib/upkeep/service";

const everyMs = 30_000;

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
