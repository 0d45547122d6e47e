/** The span over which the burn rate is taken. */
export const burnDays = 14;

export type Burn = {
  /** Credits per day, rounded to one decimal; 0 when nothing was used. */
  perDay: number;
  /** Whole days for which what is available lasts at that rate; null when nothing is used. */
  daysLeft: number | null;
};

/** How fast credits go, by what each of the last days took less what it gave back. */
export function burnOf(available: number, days: readonly { credits: number }[]): Burn {
  const used = days.reduce((sum, { credits }) => sum + credits, 0);
  if (used <= 0 || days.length === 0) return { perDay: 0, daysLeft: null };
  return {
    perDay: Math.round((used * 10) / days.length) / 10,
    daysLeft: Math.floor((available * days.length) / used),
  };
}
