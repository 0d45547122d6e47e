import { join } from "node:path";
import { inject } from "vitest";
import { notePeer } from "#lib/http/client-address";
import { createDispatch, type Dispatch, routedPath } from "#server/dispatch";
import { findRoutes, loadRoute, type RouteFile } from "#server/routes";

declare module "vitest" {
  interface ProvidedContext {
    /** Base URL of the host under test; empty when requests are dispatched in this process. */
    host: string;
  }
}

export type SendOptions = {
  apiKey?: string;
  token?: string;
  cookie?: string;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a string, a form or bytes, which are sent as they are. */
  body?: unknown;
  /** The socket's peer; only requests dispatched in this process can choose it. */
  ip?: string;
};

export type Sent = {
  status: number;
  headers: Headers;
  text: string;
  // Tests look into bodies of many shapes; expect() checks what they find.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
};

const root = join(import.meta.dirname, "../..");
const dispatches = new Map<string, Promise<Dispatch>>();
let routeFiles: Promise<(RouteFile & { pattern: RegExp })[]> | undefined;

/** The routes' files, each with the paths that it could serve. */
async function listRouteFiles() {
  return (await findRoutes(root)).map((found) => {
    const escaped = found.template.replace(/[.+]/g, "\\$&");
    const source = escaped.replace(/\{\\.\\.\\..+?\}/, ".*").replace(/\{.+?\}/g, "[^/]*");
    return { ...found, pattern: new RegExp(`^${source}$`) };
  });
}

/** A dispatch over the routes that a path could lead to: loading all of them would take most tests longer than the rest. */
async function dispatchFor(path: string): Promise<Dispatch> {
  routeFiles ??= listRouteFiles();
  const routed = routedPath(path);
  const needed = (await routeFiles).filter(({ pattern }) => pattern.test(routed));
  const key = needed.map(({ file }) => file).join(" ");
  const known = dispatches.get(key) ?? Promise.all(needed.map((one) => loadRoute(root, one))).then(createDispatch);
  dispatches.set(key, known);
  return known;
}

async function inProcess(request: Request, ip: string): Promise<Response> {
  notePeer(request, ip);
  return (await dispatchFor(new URL(request.url).pathname))(request);
}

const kindOf = (body: unknown) => (typeof body === "object" && body ? body.constructor.name : typeof body);

/**
 * Sends a request such as `send("POST /api/api-keys", { apiKey, body })` to the host under test: our dispatch in this
 * process, or a server over HTTP when the suite runs against one. Database, auth and dialects are real in each.
 */
export async function send(line: string, options: SendOptions = {}): Promise<Sent> {
  const [method = "GET", path = "/"] = line.split(" ");
  const headers = new Headers(options.headers);
  const bearer = options.apiKey ?? options.token;
  if (bearer) headers.set("authorization", `Bearer ${bearer}`);
  if (options.cookie) headers.set("cookie", options.cookie);
  const hasBody = options.body !== undefined;
  const isAsItIs = ["string", "FormData", "Uint8Array", "Buffer", "ReadableStream"].includes(kindOf(options.body));
  const isTyped = options.body instanceof FormData || headers.has("content-type");
  if (hasBody && !isTyped) headers.set("content-type", "application/json");
  const sent = (isAsItIs ? options.body : JSON.stringify(options.body)) as BodyInit;
  const host = inject("host");
  const url = `${host || "http://localhost:3000"}${path}`;
  const init = { method, headers, redirect: "manual" as const, duplex: "half", ...(hasBody && { body: sent }) };
  const response = await (host ? fetch(url, init) : inProcess(new Request(url, init), options.ip ?? "203.0.113.7"));
  const answer = await response.text();
  const isJson = response.headers.get("content-type")?.match(/[/+]json/) && answer !== "";
  return {
    status: response.status,
    headers: response.headers,
    text: answer,
    body: isJson ? JSON.parse(answer) : answer,
  };
}

/** The cookies a response sets, as the next request would send them. */
export function cookiesOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .filter((cookie) => !/Max-Age=0/i.test(cookie))
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
