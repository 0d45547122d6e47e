import { RunFilter } from "#lib/runs/list-schema";
import { single } from "../../../search-params";
import { pageIn } from "../usage/query";
import { kindWords, statusWords, strategyWords } from "./words";

export type RunsQuery = { filter: RunFilter; page: number };

const names = ["kind", "strategy", "status", "model", "from", "to", "text", "sort"] as const;
type Name = (typeof names)[number];

/** What the address asks for; what it says wrongly, or not at all, is as on a first visit. */
export function readRunsQuery(params: Record<string, string | string[] | undefined>): RunsQuery {
  const given = names.flatMap((name) => {
    const field = RunFilter.shape[name].safeParse(single(params[name]) || undefined);
    return field.success && field.data !== undefined ? [[name, field.data]] : [];
  });
  return { filter: RunFilter.parse(Object.fromEntries(given)), page: pageIn(params.page) };
}

/** The address of the list with something changed; an empty text removes a filter. What is usual is left out. */
export function runsHref({ filter }: RunsQuery, change: Partial<Record<Name, string>> & { page?: number }): string {
  const { page = 1, ...fields } = change;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...fields }))
    if (value && !(name === "sort" && value === "newest")) params.set(name, value);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return `/dashboard/runs${text ? `?${text}` : ""}`;
}

/** Everything that narrows the list, in words. */
export function chipsOf(query: RunsQuery): { label: string; value: string; without: string }[] {
  const { kind, strategy, status, model, from, to, text } = query.filter;
  const shown: [Name, string, string | undefined][] = [
    ["kind", "Kind", kind && kindWords[kind]],
    ["strategy", "Strategy", strategy && strategyWords[strategy]],
    ["status", "Status", status && statusWords[status].label],
    ["model", "Model", model],
    ["from", "From", from],
    ["to", "To", to],
    ["text", "Text", text],
  ];
  return shown.flatMap(([name, label, value]) =>
    value ? [{ label, value, without: runsHref(query, { [name]: "" }) }] : [],
  );
}
