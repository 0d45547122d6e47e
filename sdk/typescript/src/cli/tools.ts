import type { Baton } from "../client.ts";
import { BatonError } from "../errors.ts";
import { readEvents } from "../sse.ts";

type Failed = { code?: string; fields?: { field: string }[]; retry_after?: number };
type Rpc = {
  error?: { message: string };
  result?: {
    isError?: boolean;
    structuredContent?: unknown;
    content?: { text?: string }[];
    _meta?: { "baton/error"?: Failed };
  };
};

// The statuses that the endpoints answer for the same.
const statuses: Record<string, number> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPE: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

async function answerIn(response: Response): Promise<Rpc> {
  if (!/^text\/event-stream/i.test(response.headers.get("content-type") ?? "")) return response.json();
  let last: Rpc = {};
  for await (const { data } of readEvents(response)) last = data;
  return last;
}

/** Calls a tool of Baton's MCP server: the door to lists over runs of every kind. Throws `BatonError`. */
export async function callTool<T>(baton: Baton, name: string, input: object): Promise<T> {
  const response = await baton.raw("POST /mcp", {
    headers: { accept: "application/json, text/event-stream" },
    body: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: input } },
  });
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const { error, result } = await answerIn(response);
  if (result && !result.isError) return result.structuredContent as T;
  const { code = "VALIDATION_ERROR", fields, retry_after } = result?._meta?.["baton/error"] ?? {};
  throw new BatonError({
    status: statuses[code] ?? 400,
    code,
    // What follows the first line says the same as the fields beside it.
    message: error?.message ?? result?.content?.[0]?.text?.split("\n")[0] ?? "The server answered nothing.",
    requestId,
    field: fields?.[0]?.field || undefined,
    retryAfterSeconds: retry_after,
  });
}
