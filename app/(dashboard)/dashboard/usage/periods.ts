import type { Point } from "#components/charts/scale";
import { addDays, type Day } from "#lib/usage/days";

type DayFigures = { invocations: number; credits: number };
type Figure = keyof DayFigures;

/** Days shown as one column: a year is shown by weeks. */
export const daysPerColumn = (days: number) => (days > 90 ? 7 : 1);

const dayWords = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
/** A UTC day such as "Mar 1". */
export const dayLabel = (day: Day) => dayWords.format(new Date(`${day}T00:00:00Z`));

function sumOf(rows: readonly DayFigures[], figure: Figure): number {
  return rows.reduce((total, row) => total + row[figure], 0);
}

/** The labels of the columns of the `days` days that end with `last`, oldest first; only the first may be short. */
function spansOf(days: number, last: Day): { label: string; start: number; end: number }[] {
  const width = daysPerColumn(days);
  const count = Math.ceil(days / width);
  return Array.from({ length: count }, (_, index) => {
    const end = days - (count - 1 - index) * width;
    const start = Math.max(0, end - width);
    const [from, to] = [addDays(last, start + 1 - days), addDays(last, end - days)];
    return { label: from === to ? dayLabel(from) : `${dayLabel(from)} – ${dayLabel(to)}`, start, end };
  });
}

/**
 * One figure of the last `days` days as columns, each beside the column as long before. `rows` are the days of both
 * times, oldest first and ending with the day `last`: 2 × `days` of them.
 */
export function columnsOf(rows: readonly DayFigures[], figure: Figure, days: number, last: Day): Point[] {
  const [before, now] = [rows.slice(0, days), rows.slice(days)];
  return spansOf(days, last).map(({ label, start, end }) => ({
    label,
    value: sumOf(now.slice(start, end), figure),
    before: sumOf(before.slice(start, end), figure),
  }));
}
