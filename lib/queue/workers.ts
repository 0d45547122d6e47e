import { listen } from "#lib/db/listen";
import { log } from "#lib/log";
import { declareQueue, superviseQueue, superviseSeconds } from "#lib/queue/boss";
import { jobsChannel } from "#lib/queue/enqueue";
import type { Queue } from "#lib/queue/queue";
import { fetchJobs, runJob } from "#lib/queue/run";
import { singleton } from "#lib/singleton";

/** Jobs that were put off, or whose announcement was missed, are found by looking so often. */
const pollMs = 2_000;
/** After the grace, jobs get so long to be handed back. */
const handBackMs = 3_000;

export type Workers = {
  /** Takes no more jobs, waits up to `graceMs` for the running ones, then aborts them and hands them back. */
  stop(graceMs: number): Promise<void>;
};

type Pump = { wake(): void; stop(graceMs: number): Promise<void> };

const wakers = singleton("queue.wakers", () => ({ isListening: false, byName: new Map<string, Set<() => void>>() }));

/** Calls `wake` for every announcement of the queue, until the returned function is called. */
function onJobs(name: string, wake: () => void): () => void {
  const group = wakers.byName.get(name) ?? new Set();
  wakers.byName.set(name, group.add(wake));
  if (!wakers.isListening) {
    wakers.isListening = true;
    const wakeAll = () => {
      for (const one of wakers.byName.values()) for (const call of one) call();
    };
    const notify = (queueName: string) => {
      for (const call of wakers.byName.get(queueName) ?? []) call();
    };
    listen(jobsChannel, { notify, reset: wakeAll });
  }
  return () => void group.delete(wake);
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

function startPump<T>(queue: Queue<T>): Pump {
  const running = new Set<Promise<unknown>>();
  const ending = new AbortController();
  let isStopping = false;
  let filling: Promise<void> | undefined;
  let hasMore = true;

  const fill = () => {
    // Whatever is announced while a fetch is under way, or while all hands are full, is looked for afterwards.
    hasMore = true;
    if (!filling && !isStopping && running.size < queue.concurrency) filling = takeJobs();
  };

  const takeJobs = async () => {
    try {
      while (hasMore && !isStopping && running.size < queue.concurrency) {
        hasMore = false;
        const free = queue.concurrency - running.size;
        const jobs = await fetchJobs(queue, free);
        // A group at its limit hides what waits behind it, so a fetch that came back short may still not be the last.
        if (jobs.length === free || (queue.group && jobs.length > 0)) hasMore = true;
        for (const job of jobs) {
          const work = runJob(queue, job, ending.signal).finally(() => {
            running.delete(work);
            if (hasMore || queue.group) fill();
          });
          running.add(work);
        }
      }
    } catch (error) {
      log.warn({ err: error, queue: queue.name }, "could not fetch jobs");
    } finally {
      filling = undefined;
    }
  };

  const supervise = () =>
    superviseQueue(queue).catch((error: unknown) =>
      log.warn({ err: error, queue: queue.name }, "could not look for lost jobs"),
    );
  const forget = onJobs(queue.name, fill);
  const timers = [setInterval(fill, pollMs), setInterval(supervise, superviseSeconds * 1_000)];
  return {
    wake: fill,
    stop: async (graceMs) => {
      isStopping = true;
      forget();
      for (const timer of timers) clearInterval(timer);
      // A fetch that is under way still brings jobs: they are ours by then.
      const done = Promise.resolve(filling).then(() => Promise.allSettled(running));
      await Promise.race([done, after(graceMs)]);
      ending.abort(new Error("The worker is shutting down."));
      await Promise.race([Promise.allSettled(running), after(handBackMs)]);
    },
  };
}

/** Starts to work on the queues in this process: jobs are fetched the moment they are announced, and every 2 s. */
export async function startQueues(queues: readonly Queue<unknown>[]): Promise<Workers> {
  await Promise.all(queues.map(declareQueue));
  const pumps = queues.map((queue) => startPump(queue));
  for (const pump of pumps) pump.wake();
  return { stop: async (graceMs) => void (await Promise.all(pumps.map((pump) => pump.stop(graceMs)))) };
}
