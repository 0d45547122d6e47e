import { BatonError } from "./errors.ts";
import { idempotentOperations } from "./generated.ts";
import type { LooseOptions } from "./types.ts";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
export type Target = { method: Method; path: string };

const refuse = (message: string, field?: string) => new BatonError({ status: 0, code: "invalid_call", message, field });

/** Adds one query parameter; nothing for undefined and null. */
function append(search: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) for (const one of value) append(search, name, one);
  else search.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
}

/**
 * The method and the path, with its query, of a call such as `GET /api/agent/{id}`. Parameters are escaped, so that none
 * can lead to another path. Throws `BatonError` (`invalid_call`) when one is missing, empty, `.` or `..`.
 */
export function targetOf(operation: string, { params = {}, query = {} }: LooseOptions = {}): Target {
  const match = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/\S*)$/.exec(operation);
  if (!match) throw refuse(`An operation reads like "GET /api/agents"; this was ${JSON.stringify(operation)}.`);
  const filled = (match[2] ?? "/").replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? String(params[name] ?? "") : "";
    if (value === "" || value === "." || value === "..") {
      throw refuse(`${operation} needs params.${name}.`, `params.${name}`);
    }
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) append(search, name, value);
  const text = search.toString();
  const joint = filled.includes("?") ? "&" : "?";
  return { method: match[1] as Method, path: text ? `${filled}${joint}${text}` : filled };
}

const patterns = idempotentOperations.map(
  (operation) => new RegExp(`^${operation.replace(/[.+]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}/?$`),
);

/** Whether an operation honours `Idempotency-Key`. `path` is a template or a real path, with or without its query. */
export function acceptsIdempotencyKey({ method, path }: Target): boolean {
  const line = `${method} ${path.split("?")[0]}`;
  return patterns.some((pattern) => pattern.test(line));
}

/** Whether asking twice does nothing twice. A chat stream is a GET for the sake of browsers, but spends what a write does. */
export function isRead({ method, path }: Target): boolean {
  return (method === "GET" || method === "HEAD" || method === "OPTIONS") && !path.startsWith("/chat/v2/stream");
}
