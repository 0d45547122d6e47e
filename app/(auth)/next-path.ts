const home = "/dashboard";

/** Where to go after signing in: a path of this site, or the dashboard for anything else, so that no link leads astray. */
export function nextPath(value: string | string[] | undefined): string {
  if (typeof value !== "string" || !value.startsWith("/")) return home;
  const base = "http://site.invalid";
  if (!URL.canParse(value, base)) return home;
  const url = new URL(value, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "/.//host" parses as a path of ours but would be read as another host when it is followed.
  return url.origin === base && !path.startsWith("//") ? path : home;
}

/** A link to another page of the sign-in flow that keeps where the reader wanted to go. */
export function withNext(page: string, next: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters);
  if (next !== home) query.set("next", next);
  const text = query.toString();
  return text === "" ? page : `${page}?${text}`;
}
