import type { ZodType } from "zod";

/** A worker that says nothing for so long has lost its jobs; it says something three times in that time. */
export const heartbeatSeconds = 30;

export type JobFacts = {
  id: string;
  /** 1 the first time, one more each time the job was interrupted or failed before. */
  run: number;
  /** Aborted when the job is lost, takes too long or must be handed back: stop and throw. */
  signal: AbortSignal;
};

/**
 * One kind of background work. A job may run again after an interruption at any point, so the handler must be able to
 * find what it did before. An error it throws sends the job back for later, until the retries are used up.
 */
export type Queue<T> = {
  name: string;
  data: ZodType<T>;
  handler(data: T, job: JobFacts): Promise<void>;
  /** Jobs of this queue that one process runs at a time. */
  concurrency: number;
  /**
   * Keeps one tenant from taking all hands: of the jobs for which `of` answers the same text, all processes together run
   * about `concurrency` at a time (a few more when several fetch at the same moment).
   */
  group?: { of(data: T): string; concurrency: number };
  /** How often an interrupted or failed job is run again; 10 unless said. */
  retryLimit?: number;
  /** Before the first retry; doubles up to 5 minutes. 1 unless said. */
  retryDelaySeconds?: number;
  /** A job that runs longer is aborted and goes back. */
  expireSeconds: number;
};

/** Declares a queue. Names are dotted lower-case words such as `webhooks.deliver`. */
export function defineQueue<T>(queue: Queue<T>): Queue<T> {
  return queue;
}
