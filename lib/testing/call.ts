import { notePeer } from "#lib/http/client-address";
import type { RouteArguments } from "#lib/http/endpoint";

type Handler = (request: Request, route?: RouteArguments) => Promise<Response>;

export type CallOptions = {
  method?: string;
  path?: string;
  apiKey?: string;
  token?: string;
  cookie?: string;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a string, which is sent as it is. */
  body?: unknown;
  params?: Record<string, string>;
  /** The socket's peer. */
  ip?: string;
};

export type Called = {
  status: number;
  headers: Headers;
  // Tests look into bodies of many shapes; expect() checks what they find.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
};

/** Calls a route handler as a host would, in this process: real database, real dialect, no socket. */
export async function call(handler: Handler, options: CallOptions = {}): Promise<Called> {
  const headers = new Headers(options.headers);
  const bearer = options.apiKey ?? options.token;
  if (bearer) headers.set("authorization", `Bearer ${bearer}`);
  if (options.cookie) headers.set("cookie", options.cookie);
  const hasBody = options.body !== undefined;
  const text = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
  if (hasBody && !headers.has("content-type")) headers.set("content-type", "application/json");
  const method = options.method ?? (hasBody ? "POST" : "GET");
  const request = new Request(`http://localhost:3000${options.path ?? "/api/test"}`, {
    method,
    headers,
    ...(hasBody && { body: text }),
  });
  notePeer(request, options.ip ?? "203.0.113.7");
  const response = await handler(request, options.params && { params: Promise.resolve(options.params) });
  const answer = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answer) : answer };
}
