import { addDays } from "#lib/usage/days";
import { single } from "../../../../search-params";
import { pageIn } from "../../usage/query";
import { eventWords, severityWords } from "./words";

const names = ["actor", "event", "severity", "from", "to", "text"] as const;
type Name = (typeof names)[number];
export type AuditFilter = Record<Name, string>;
export type AuditPageQuery = { filter: AuditFilter; page: number };

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
const actorPattern = /^(user|key):([0-9a-f]{8}-[0-9a-f-]{27})$/;

/** What each part of the address may say. */
const isValid: Record<Name, (text: string) => boolean> = {
  actor: (text) => actorPattern.test(text),
  event: (text) => Object.hasOwn(eventWords, text),
  severity: (text) => Object.hasOwn(severityWords, text),
  from: isDay,
  to: isDay,
  text: (text) => text.length <= 200,
};

/** What the address asks for; what it says wrongly, or not at all, is as on a first visit. */
export function readAuditQuery(params: Record<string, string | string[] | undefined>): AuditPageQuery {
  const given = (name: Name) => {
    const text = single(params[name]).trim();
    return text !== "" && isValid[name](text) ? text : "";
  };
  return {
    filter: Object.fromEntries(names.map((name) => [name, given(name)])) as AuditFilter,
    page: pageIn(params.page),
  };
}

/** The address of the log with something changed; an empty text removes a filter. */
export function auditHref({ filter }: AuditPageQuery, change: Partial<AuditFilter> & { page?: number }): string {
  const { page = 1, ...fields } = change;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...fields })) if (value) params.set(name, value);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return `/dashboard/security/audit${text ? `?${text}` : ""}`;
}

/** Everything that narrows the log, in words. `nameOf` says who an actor is. */
export function chipsOf(query: AuditPageQuery, nameOf: (actor: string) => string) {
  const { actor, event, severity, from, to, text } = query.filter;
  const shown: [Name, string, string][] = [
    ["actor", "Actor", actor && nameOf(actor)],
    ["event", "Event", event],
    ["severity", "Severity", severity],
    ["from", "From", from],
    ["to", "To", to],
    ["text", "Text", text],
  ];
  return shown.flatMap(([name, label, value]) =>
    value ? [{ label, value, without: auditHref(query, { [name]: "" }) }] : [],
  );
}

/** The same as the log's own filter (contract +A4), empty without any. Days are UTC and whole. */
export function filterOf({ filter }: AuditPageQuery): { filter?: string } {
  const { actor, event, severity, from, to, text } = filter;
  const [, kind, id] = actorPattern.exec(actor) ?? [];
  const conditions = {
    ...(kind && { [kind === "user" ? "user_id" : "api_key_id"]: id }),
    ...(event && { event }),
    ...(severity && { severity }),
    ...(from && { timestamp_gte: `${from}T00:00:00Z` }),
    ...(to && { timestamp_lt: `${addDays(to, 1)}T00:00:00Z` }),
    ...(text && { text_contains: text }),
  };
  return Object.keys(conditions).length > 0 ? { filter: JSON.stringify(conditions) } : {};
}
