import { type Caller, callerOf, callerOfLogin } from "#lib/auth/caller";
import type { Context } from "#lib/context";
import { publicUrl } from "#lib/env";
import { AppError, forbidden, unauthorized } from "#lib/errors";
import { admit, type Passage } from "#lib/http/admission";
import { AnswerHeaders } from "#lib/http/answer-headers";
import { clientAddress, keepPeer } from "#lib/http/client-address";
import type { EndpointSpec } from "#lib/http/endpoint";
import { dialectOfPath } from "#lib/http/families";
import { isSameSite } from "#lib/http/headers";
import { pathOf } from "#lib/http/pipeline";
import { guardKeyCall } from "#lib/security/guard";

/** Who asked for a connection. Without a caller, the credentials are still to come in the first message. */
export type Admitted = {
  request: Request;
  path: string;
  caller: Caller | undefined;
  visitor: Pick<Context, "requestId" | "ip" | "userAgent">;
  /** Of the answer to the upgrade: a session that was renewed meanwhile. */
  cookies: string[];
};

function policyOf(path: string): EndpointSpec {
  const dialect = dialectOfPath(path);
  const rateLimit = "default";
  return { summary: "Socket", dialect, auth: [], knowsCallers: true, scopes: [], rateLimit, handler: () => undefined };
}

function requireScope({ actor }: Caller): void {
  if (actor.type !== "system" && !actor.scopes.includes("agents:write"))
    throw forbidden("This needs the scope agents:write.", "INSUFFICIENT_SCOPE");
}

/**
 * Checks the credentials of an upgrade and counts it like a call. Throws `unauthorized` for wrong ones, `forbidden` for
 * a missing scope or a cookie from another site, `rate_limited`.
 */
export async function admitSocket(request: Request): Promise<Admitted> {
  const path = pathOf(request.url);
  const spec = policyOf(path);
  const { dialect } = spec;
  const cookies: string[] = [];
  const headers = new AnswerHeaders();
  headers.appendCookie = (cookie) => void cookies.push(cookie);
  const meta = { requestId: dialect.newRequestId(), method: "GET", path, now: new Date() };
  const ip = clientAddress(request);
  const passage: Passage = { request, path, dialect, meta, ip, headers, allowance: undefined, caller: undefined };
  await admit(passage, spec);
  const { caller } = passage;
  // No other site's page may speak with the reader's cookie: browsers let every page open a socket to everywhere.
  if (caller?.viaCookie && !isSameSite(request, publicUrl()))
    throw forbidden("A connection with the login cookie must come from this site.", "CROSS_SITE");
  if (caller) requireScope(caller);
  const visitor = { requestId: meta.requestId, ip, userAgent: request.headers.get("user-agent") };
  return { request, path, caller, visitor, cookies };
}

const noCookies = { appendCookie: () => undefined };

/** The same request with a credential in the place where credentials belong. */
export function withToken(request: Request, token: string): Request {
  const headers = new Headers(request.headers);
  headers.delete("cookie");
  try {
    headers.set("authorization", `Bearer ${token}`);
  } catch {
    throw unauthorized();
  }
  const made = new Request(request.url, { headers });
  keepPeer(request, made);
  return made;
}

/** Who it is, held to the rules for addresses and keys as a call is. */
async function identify(request: Request): Promise<Caller> {
  const path = pathOf(request.url);
  const caller = await callerOf(request, path, noCookies);
  if (!caller) throw unauthorized();
  const { organizationId, actor } = caller;
  if (actor.type === "apiKey") {
    const userAgent = request.headers.get("user-agent");
    const requestId = dialectOfPath(path).newRequestId();
    await guardKeyCall({
      organizationId,
      actor,
      ip: clientAddress(request),
      userAgent,
      requestId,
      method: "GET",
      path,
    });
  }
  requireScope(caller);
  return caller;
}

/** Who sent this credential in a first message, which nobody can sign. Throws as `admitSocket`. */
export async function authenticate(request: Request): Promise<Caller> {
  const caller = await identify(request);
  if (caller.sealedSigningSecret) throw unauthorized("Invalid request signature", "INVALID_SIGNATURE");
  return caller;
}

/**
 * Whether the credentials of an open connection still open it. Of a login cookie only the membership is asked: its
 * session is renewed with requests, of which a socket makes none. When the database is away the answer is yes.
 */
export async function isStillAllowed(request: Request, { actor, organizationId, viaCookie }: Caller): Promise<boolean> {
  try {
    const login = actor.type === "user" && viaCookie && { userId: actor.userId, email: actor.email, expiresAt: 0 };
    const now = login ? await callerOfLogin(login, organizationId, true) : await identify(request);
    requireScope(now);
    return now.organizationId === organizationId;
  } catch (error) {
    return !(error instanceof AppError && ["unauthorized", "forbidden", "not_found"].includes(error.code));
  }
}

/** The context in which a caller acts over a connection. */
export function contextOf({ organizationId, actor }: Caller, visitor: Admitted["visitor"]): Context {
  return { ...visitor, organizationId, actor };
}
