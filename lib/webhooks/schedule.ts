/** Pauses before the second to the eighth attempt, in seconds (contract README 5.9). */
const pausesSeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

export const attemptsMax = pausesSeconds.length + 1;

/**
 * When to try again after `tries` attempts of the schedule, up to a tenth later so that what failed together does not
 * come back together; null when there is nothing left to try.
 */
export function retryAt(tries: number, now = Date.now(), random = Math.random()): Date | null {
  const pause = pausesSeconds[tries - 1];
  return pause === undefined ? null : new Date(now + pause * 1_000 * (1 + random / 10));
}
