import type { AgentQuery } from "#lib/agents/list";
import { addDays } from "#lib/usage/days";
import { single } from "../../../search-params";
import { pageIn } from "../usage/query";
import { formatDollars, statuses, statusWords } from "./words";

const names = ["status", "model", "team", "from", "to", "cost", "text", "sort"] as const;
type Name = (typeof names)[number];
export type AgentFilter = Record<Name, string>;
export type AgentsQuery = { filter: AgentFilter; page: number };

const newest = "-created_at";
const sorts = ["created_at", "-created_at", "cost", "-cost", "status", "-status"];
const idPrefix = "subagent_";
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
const isShort = (text: string) => text.length <= 200;

/** What each part of the address may say. */
const isValid: Record<Name, (text: string) => boolean> = {
  status: (text) => statuses.some((status) => status === text),
  model: isShort,
  team: isShort,
  from: isDay,
  to: isDay,
  cost: (text) => /^\d{1,6}(\.\d{1,6})?$/.test(text),
  text: isShort,
  sort: (text) => sorts.includes(text),
};

/** What the address asks for; what it says wrongly, or not at all, is as on a first visit. */
export function readAgentsQuery(params: Record<string, string | string[] | undefined>): AgentsQuery {
  const given = (name: Name) => {
    const text = single(params[name]).trim();
    return text !== "" && isValid[name](text) ? text : name === "sort" ? newest : "";
  };
  const filter = Object.fromEntries(names.map((name) => [name, given(name)])) as AgentFilter;
  return { filter, page: pageIn(params.page) };
}

/** The address of the list with something changed; an empty text removes a filter. What is usual is left out. */
export function agentsHref({ filter }: AgentsQuery, change: Partial<AgentFilter> & { page?: number }): string {
  const { page = 1, ...fields } = change;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...fields }))
    if (value && value !== newest) params.set(name, value);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return `/dashboard/agents${text ? `?${text}` : ""}`;
}

/** Everything that narrows the list, in words. */
export function chipsOf(query: AgentsQuery): { label: string; value: string; without: string }[] {
  const { status, model, team, from, to, cost, text } = query.filter;
  const statusLabel = statuses.find((one) => one === status);
  const shown: [Name, string, string][] = [
    ["status", "Status", statusLabel ? statusWords[statusLabel].label : ""],
    ["model", "Model", model],
    ["team", "Team", team],
    ["from", "From", from],
    ["to", "To", to],
    ["cost", "Cost above", cost && formatDollars(Number(cost))],
    ["text", "Text", text],
  ];
  return shown.flatMap(([name, label, value]) =>
    value ? [{ label, value, without: agentsHref(query, { [name]: "" }) }] : [],
  );
}

/** The same as the list's own parameters (contract A21). Days are UTC and whole. */
export function listQueryOf({ filter, page }: AgentsQuery, limit: number): AgentQuery {
  const { status, model, team, from, to, cost, text, sort } = filter;
  const conditions = {
    ...(status && { status }),
    ...(model && { model }),
    ...(team && { team }),
    ...(from && { created_at_gte: `${from}T00:00:00Z` }),
    ...(to && { created_at_lt: `${addDays(to, 1)}T00:00:00Z` }),
    ...(cost && { cost_gt: Number(cost) }),
    ...(text && (text.startsWith(idPrefix) ? { agent_id_starts_with: text } : { task_contains: text })),
  };
  const filterText = Object.keys(conditions).length > 0 ? { filter: JSON.stringify(conditions) } : {};
  return { ...filterText, sort, limit: String(limit), offset: String((page - 1) * limit) };
}
