import type { Point } from "#components/charts/scale";
import { addDays, type Day } from "#lib/usage/days";
import { single } from "../../../search-params";
import { dayLabel } from "../usage/periods";

/** A month of UTC days, both included; that of `today` ends with it. */
export type Month = { name: string; start: Day; end: Day };

const dayOf = (date: Date): Day => date.toISOString().slice(0, 10);

function monthOf(name: string, today: Day): Month {
  const [year, month] = name.split("-").map(Number);
  const last = dayOf(new Date(Date.UTC(year ?? 0, month ?? 0, 0)));
  return { name, start: `${name}-01`, end: last < today ? last : today };
}

/** The month that the address asks for, up to the current one; anything else is the current one. */
export function readMonth(value: string | string[] | undefined, today: Day): Month {
  const text = single(value);
  const current = today.slice(0, 7);
  const isMonth = /^20\d\d-(0[1-9]|1[0-2])$/.test(text) && text <= current;
  return monthOf(isMonth ? text : current, today);
}

/** The month before one, and the one after it unless it is in the future. */
export function neighbours({ name, start }: Month, today: Day): { before: string; after: string | null } {
  const [year, month] = name.split("-").map(Number);
  const after = dayOf(new Date(Date.UTC(year ?? 0, month ?? 0, 1))).slice(0, 7);
  return { before: addDays(start, -1).slice(0, 7), after: after <= today.slice(0, 7) ? after : null };
}

/** What each day of a month cost, the days without any cost among them. In cents while no day reached ten dollars. */
export function costColumns(
  byDay: Record<string, number>,
  { start, end }: Month,
): { unit: "cents" | "dollars"; points: Point[]; days: { day: Day; dollars: number }[] } {
  const days: { day: Day; dollars: number }[] = [];
  for (let day: Day = start; day <= end; day = addDays(day, 1)) days.push({ day, dollars: byDay[day] ?? 0 });
  const isSmall = days.every(({ dollars }) => dollars < 10);
  const points = days.map(({ day, dollars }) => ({
    label: dayLabel(day),
    value: isSmall ? Math.round(dollars * 100) : dollars,
  }));
  return { unit: isSmall ? "cents" : "dollars", points, days };
}
