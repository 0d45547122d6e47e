import { type AuthInfo, createMcpHandler, type McpServerFactory } from "@modelcontextprotocol/server";
import type { Context } from "#lib/context";
import { publicUrl } from "#lib/env";
import { forbidden } from "#lib/errors";
import { log } from "#lib/log";
import type { McpMessage } from "#lib/mcp/schema";
import { createServer } from "#lib/mcp/server";

/** Whose message each one is that is under way. The key itself is nobody's business here. */
const callers = new WeakMap<AuthInfo, Context>();

const serve: McpServerFactory = ({ authInfo }) => {
  const ctx = authInfo && callers.get(authInfo);
  if (!ctx) throw new Error("A message without a caller.");
  return createServer(ctx);
};

// Nothing is announced by itself, so there is nothing to subscribe to.
const settings = { maxSubscriptions: 0, onerror: (err: Error) => log.info({ err }, "a protocol message was refused") };
const answers = createMcpHandler(serve, settings);
/** Tools may work for minutes: their answer is a stream from the start, which proxies keep open. */
const streams = createMcpHandler(serve, { ...settings, responseMode: "sse" });

const isLoopback = ({ hostname }: URL) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

function isOwnOrigin(origin: string): boolean {
  const own = new URL(publicUrl());
  const other = URL.parse(origin);
  if (!other || other.origin === "null") return false;
  const isSameLoopback = isLoopback(own) && isLoopback(other) && own.port === other.port;
  return other.origin === own.origin || isSameLoopback;
}

/**
 * Refuses pages of other sites. A name that was made to lead here says so in Host as well, so only our own public address
 * counts. Programs send no Origin. Throws `forbidden`.
 */
export function checkOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null || isOwnOrigin(origin)) return;
  throw forbidden("Pages of other sites may not call this address. Call it from a program.", "FOREIGN_ORIGIN");
}

/** Answers one message of the Model Context Protocol, in the newest revision or those of 2025, without a session. */
export function answerMessage(ctx: Context, message: McpMessage, request: Request): Promise<Response> {
  const authInfo: AuthInfo = { token: "", clientId: ctx.organizationId, scopes: [] };
  callers.set(authInfo, ctx);
  const handler = message.method === "tools/call" ? streams : answers;
  return handler.fetch(request, { authInfo, parsedBody: message });
}
