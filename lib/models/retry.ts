import { setTimeout as sleep } from "node:timers/promises";

const baseMs = 250;
const longestMs = 8_000;

/** Statuses after which the same call may well succeed a moment later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The `Retry-After` of an answer in milliseconds, whether seconds or a date; undefined when there is none to use. */
export function retryAfterMs(header: string | string[] | undefined | null, now = Date.now()): number | undefined {
  const text = [header].flat()[0]?.trim();
  if (!text) return undefined;
  const isNumber = /^\d{1,9}(\.\d+)?$/.test(text);
  // Date.parse finds a date in almost everything; those of HTTP begin with the day of the week.
  if (!isNumber && !/^[A-Z][a-z]+,? /.test(text)) return undefined;
  const seconds = isNumber ? Number(text) : (Date.parse(text) - now) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : undefined;
}

/**
 * How long to wait before the repetition number `attempt` (from 1): at random up to a bound that doubles each time, so that
 * callers who failed together do not come back together; at least what the provider asked for.
 */
export function backoffMs(attempt: number, askedMs = 0, random = Math.random): number {
  return askedMs + random() * Math.min(longestMs, baseMs * 2 ** attempt);
}

/** Waits before a repetition; false at once when it would end after `deadline` (on the clock of Date.now). */
export async function waitToRetry(
  attempt: number,
  askedMs: number | undefined,
  { deadline, signal }: { deadline: number; signal: AbortSignal | undefined },
): Promise<boolean> {
  const waitMs = backoffMs(attempt, askedMs);
  if (Date.now() + waitMs >= deadline) return false;
  await sleep(waitMs, undefined, { signal });
  return true;
}
