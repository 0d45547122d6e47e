import { BatonError } from "./errors.ts";

const baseSeconds = 1;
const capSeconds = 60;
const jitterShare = 0.1;

/** Milliseconds to wait after attempt `n` (0 is the first): min(1 s * 2^n, 60 s) and up to 10 % more. */
export function backoffMs(n: number, random: () => number = Math.random): number {
  const seconds = Math.min(baseSeconds * 2 ** n, capSeconds);
  return seconds * 1000 * (1 + random() * jitterShare);
}

/** Waits; rejects with the signal's reason when it is aborted meanwhile. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

// What Node, Deno and Bun call a connection that was never made: nothing can have been done.
const neverConnected = new Set([
  "ECONNREFUSED",
  "ConnectionRefused",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether a failed fetch certainly did not reach the server. */
export function isNeverSent(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === "string" && neverConnected.has(code)) return true;
    if (at instanceof AggregateError && at.errors.length > 0 && at.errors.every(isNeverSent)) return true;
  }
  return false;
}

/** Whether an answer may be asked for again: refusals before any work always, faults on the way only when `isRepeatable`. */
export function isRetryable(status: number, isRepeatable: boolean): boolean {
  return status === 429 || status === 503 || (isRepeatable && (status === 502 || status === 504));
}

/** After how long a failure may be tried again, in milliseconds: never before the server's `Retry-After`. */
export function waitMs(error: unknown, n: number, random?: () => number): number {
  const asked = error instanceof BatonError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(asked, backoffMs(n, random));
}
