import { declareQueue, superviseQueue } from "#lib/queue/boss";
import type { Queue } from "#lib/queue/queue";
import { fetchJobs, runJob } from "#lib/queue/run";

export type Drained = { completed: number; failed: number };

/**
 * Works on what is due in a queue and answers when there is nothing more, after `maxJobs`, or when no job may be started
 * any more because `maxMs` are over. For hosts without workers, where a clock calls it.
 */
export async function drainQueue<T>(
  queue: Queue<T>,
  { maxJobs = 100, maxMs = 50_000 }: { maxJobs?: number; maxMs?: number } = {},
): Promise<Drained> {
  const deadline = Date.now() + maxMs;
  const drained: Drained = { completed: 0, failed: 0 };
  const never = new AbortController().signal;
  await declareQueue(queue);
  await superviseQueue(queue);
  for (let left = maxJobs; left > 0 && Date.now() < deadline; ) {
    const jobs = await fetchJobs(queue, Math.min(queue.concurrency, left));
    if (jobs.length === 0) break;
    left -= jobs.length;
    for (const outcome of await Promise.all(jobs.map((job) => runJob(queue, job, never)))) drained[outcome] += 1;
  }
  return drained;
}
