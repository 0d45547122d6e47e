import { HistoryQuery } from "#lib/billing/schema";
import { single } from "../../../search-params";
import { pageIn } from "../usage/query";

/** The filter of the history as it stands in the address; empty texts filter nothing. */
export type HistoryFilter = { type: string; from: string; to: string };
export type BillingQuery = HistoryFilter & { page: number; topups: number };

export function readBillingQuery(params: Record<string, string | string[] | undefined>): BillingQuery {
  const { type, from, to, page, topups } = params;
  return { type: single(type), from: single(from), to: single(to), page: pageIn(page), topups: pageIn(topups) };
}

function given({ type, from, to }: HistoryFilter): Record<string, string> {
  return Object.fromEntries(Object.entries({ type, from, to }).filter(([, value]) => value !== ""));
}

/** The filter as the history takes it, or what is wrong with the one in the address. */
export function parseFilter(
  filter: HistoryFilter,
): { ok: true; filter: HistoryQuery } | { ok: false; message: string } {
  const parsed = HistoryQuery.safeParse(given(filter));
  if (parsed.success) return { ok: true, filter: parsed.data };
  const [issue] = parsed.error.issues;
  const name = issue?.path.join(".") || "The filter";
  return { ok: false, message: issue?.message.startsWith(name) ? issue.message : `${name}: ${issue?.message}` };
}

/** The address of the page with something changed. */
export function billingHref(query: BillingQuery, change: Partial<BillingQuery>, anchor = ""): string {
  const { page, topups, ...filter } = { ...query, ...change };
  const params = new URLSearchParams(given(filter));
  if (page > 1) params.set("page", String(page));
  if (topups > 1) params.set("topups", String(topups));
  const text = params.toString();
  return `/dashboard/billing${text ? `?${text}` : ""}${anchor}`;
}

/** Where the file of all rows of the filter is. */
export function csvHref(filter: HistoryFilter): string {
  return `/api/credits/history?${new URLSearchParams({ format: "csv", ...given(filter) })}`;
}
