import { Dimension } from "#lib/usage/schema";
import { single } from "../../../search-params";

/** The ranges that can be chosen, in days. */
export const ranges = [7, 30, 90, 365] as const;
export type RangeDays = (typeof ranges)[number];

export type UsageQuery = { days: RangeDays; by: Dimension; page: number };

const defaults: UsageQuery = { days: 30, by: "model", page: 1 };
const pagesMax = 50_000;

/** A page number in an address; anything else is the first page. */
export function pageIn(value: string | string[] | undefined): number {
  const text = single(value);
  return /^[1-9]\d{0,4}$/.test(text) ? Math.min(Number(text), pagesMax) : 1;
}

/** What the address asks for; what it says wrongly, or not at all, is as on a first visit. */
export function readUsageQuery(params: Record<string, string | string[] | undefined>): UsageQuery {
  return {
    days: ranges.find((days) => String(days) === single(params.days)) ?? defaults.days,
    by: Dimension.safeParse(single(params.by)).data ?? defaults.by,
    page: pageIn(params.page),
  };
}

/** The address of the same page with something changed. What is as on a first visit is left out. */
export function usageHref(query: UsageQuery, change: Partial<UsageQuery>, anchor = ""): string {
  const next = { ...query, ...change };
  const params = new URLSearchParams();
  for (const name of ["days", "by", "page"] as const)
    if (next[name] !== defaults[name]) params.set(name, String(next[name]));
  const text = params.toString();
  return `/dashboard/usage${text ? `?${text}` : ""}${anchor}`;
}
