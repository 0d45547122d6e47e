import { type Caller, callerOf, callerWithoutOrganization } from "#lib/auth/caller";
import { publicUrl } from "#lib/env";
import { forbidden, rateLimited, unauthorized } from "#lib/errors";
import type { AnswerHeaders } from "#lib/http/answer-headers";
import type { Dialect, Meta } from "#lib/http/dialect";
import type { EndpointSpec } from "#lib/http/endpoint";
import { isSameSite } from "#lib/http/headers";
import { anonymousLimit, callerLimit, type LimitName } from "#lib/http/limits";
import { type Allowance, consume } from "#lib/limits/window";

/** One request on its way: what is known of it so far. */
export type Passage = {
  request: Request;
  path: string;
  dialect: Dialect;
  meta: Meta;
  ip: string | null;
  headers: AnswerHeaders;
  allowance: Allowance | undefined;
  caller: Caller | undefined;
};

const isWrite = (method: string) => method !== "GET" && method !== "HEAD" && method !== "OPTIONS";

function idOf({ actor }: Caller): string {
  if (actor.type === "apiKey") return `key:${actor.keyId}`;
  return actor.type === "user" ? `user:${actor.userId}` : "system";
}

/** Counts the call and leaves the figures for the headers. Throws `rate_limited`. */
export async function limit(passage: Passage, name: LimitName): Promise<void> {
  const { caller, dialect, ip } = passage;
  const figure = caller ? callerLimit(dialect.name, name) : anonymousLimit(dialect.name);
  if (name === "none") {
    const resetSeconds = Math.ceil(Date.now() / 1_000 / figure.windowSeconds) * figure.windowSeconds;
    passage.allowance = { allowed: true, limit: figure.limit, remaining: figure.limit, resetSeconds };
    return;
  }
  const bucket = caller ? `${dialect.name}:${name}:${idOf(caller)}` : `${dialect.name}:ip:${ip}`;
  passage.allowance = await consume(bucket, figure);
  if (!passage.allowance.allowed)
    throw rateLimited(Math.max(1, passage.allowance.resetSeconds - Math.floor(Date.now() / 1_000)));
}

/** Credentials, then rate limit, then origin, then scopes. Wrong credentials count against the address. */
export async function admit(passage: Passage, spec: EndpointSpec): Promise<void> {
  const { request, path, headers } = passage;
  const isOpen = spec.auth.length === 0;
  if (!isOpen || spec.knowsCallers) {
    const resolve = spec.auth.includes("login")
      ? callerWithoutOrganization(request, headers)
      : callerOf(request, path, headers);
    const refused = await resolve.then(
      (caller) => {
        passage.caller = caller;
      },
      (error: unknown) => ({ error }),
    );
    await limit(passage, spec.rateLimit);
    if (refused) throw refused.error;
    if (!passage.caller && !isOpen) throw unauthorized();
    if (passage.caller?.viaCookie && isWrite(request.method) && !isSameSite(request, publicUrl())) {
      throw forbidden("A write with the login cookie must come from this site.", "CROSS_SITE");
    }
  } else await limit(passage, spec.rateLimit);
  const missing = spec.scopes.find((scope) => !passage.caller?.actor || !hasScope(passage.caller, scope));
  if (missing) throw forbidden(`This needs the scope ${missing}.`, "INSUFFICIENT_SCOPE");
}

function hasScope({ actor }: Caller, scope: EndpointSpec["scopes"][number]): boolean {
  return actor.type === "system" || actor.scopes.includes(scope);
}
