import type { Job } from "pg-boss";
import { log } from "#lib/log";
import { boss } from "#lib/queue/boss";
import { heartbeatSeconds, type Queue } from "#lib/queue/queue";

/** Rejects when the signal is aborted, whatever the handler does about it. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Tells the database that this process still works on the job; aborts `claim` when it no longer is ours. */
async function beat(name: string, job: Job, claim: AbortController): Promise<void> {
  const answer = await (await boss()).touch(name, job);
  if ("affected" in answer && answer.affected === 0) claim.abort(new Error("The job was given to another worker."));
}

/** Fetches up to `count` jobs that are due. Every other worker sees them as taken from then on. */
export async function fetchJobs<T>(queue: Queue<T>, count: number): Promise<Job[]> {
  const client = await boss();
  return client.fetch<object>(queue.name, {
    batchSize: count,
    ...(queue.group && { groupConcurrency: queue.group.concurrency }),
  });
}

/**
 * Runs one fetched job to its end and settles it; `stop` hands it back. Never rejects: a job that could not be settled
 * (the database is away) comes back by itself when its heartbeat is missed.
 */
export async function runJob<T>(queue: Queue<T>, job: Job, stop: AbortSignal): Promise<"completed" | "failed"> {
  const claim = new AbortController();
  const expired = () => claim.abort(new Error(`The job took longer than ${queue.expireSeconds} s.`));
  const expiry = setTimeout(expired, queue.expireSeconds * 1_000);
  const pulse = setInterval(
    () => void beat(queue.name, job, claim).catch((error: unknown) => log.warn({ err: error }, "missed a heartbeat")),
    (heartbeatSeconds / 3) * 1_000,
  );
  const signal = AbortSignal.any([claim.signal, stop]);
  const lost = aborted(signal);
  lost.catch(() => undefined);
  try {
    const facts = { id: job.id, run: job.retryCount + 1, signal };
    const worked = queue.handler(queue.data.parse(job.data), facts);
    worked.catch(() => undefined);
    await Promise.race([worked, lost]);
    await (await boss()).complete(queue.name, job);
    return "completed";
  } catch (error) {
    log.error({ err: error, queue: queue.name, job: job.id, run: job.retryCount + 1 }, "a job failed");
    const reason = { message: error instanceof Error ? error.message : "The job failed." };
    await boss()
      .then((client) => client.fail(queue.name, job, reason))
      .catch((cause: unknown) => log.error({ err: cause, queue: queue.name, job: job.id }, "could not settle a job"));
    return "failed";
  } finally {
    clearTimeout(expiry);
    clearInterval(pulse);
  }
}
