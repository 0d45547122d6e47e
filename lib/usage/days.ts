const dayMs = 24 * 3600 * 1_000;

/** A UTC day as `YYYY-MM-DD`. */
export type Day = string;

/** Two UTC days, both included. */
export type Range = { from: Day; to: Day };

export function utcDay(time: Date): Day {
  return time.toISOString().slice(0, 10);
}

/** The day `count` days after a day (before it, when negative). */
export function addDays(day: Day, count: number): Day {
  return utcDay(new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs));
}

/** How many days a range has; 1 for a single day. */
export function daysIn({ from, to }: Range): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs + 1;
}

/** The last `days` UTC days, today included. */
export function lastDays(days: number, now: Date): Range {
  const to = utcDay(now);
  return { from: addDays(to, 1 - days), to };
}
