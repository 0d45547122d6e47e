import { type Caller, callerOf, callerWithoutOrganization } from "#lib/auth/caller";
import { publicUrl } from "#lib/env";
import { forbidden, rateLimited, unauthorized } from "#lib/errors";
import type { AnswerHeaders } from "#lib/http/answer-headers";
import type { Dialect, Meta } from "#lib/http/dialect";
import type { EndpointSpec } from "#lib/http/endpoint";
import { isSameSite } from "#lib/http/headers";
import { anonymousLimit, callerLimit, type LimitName } from "#lib/http/limits";
import { checkSignature, isSigned } from "#lib/http/signed";
import { type Allowance, consume } from "#lib/limits/window";
import { holdToRules, type KeyCall } from "#lib/security/guard";
import { type Rules, rulesOf } from "#lib/security/rules";

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
  /** A call with a key, and what it is held to; set once it is let in. */
  call?: KeyCall;
  rules?: Rules;
  /** The body's text, once it is read. */
  sentText?: string;
};

const isWrite = (method: string) => method !== "GET" && method !== "HEAD" && method !== "OPTIONS";

function idOf({ actor }: Pick<Caller, "actor">): string {
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
  if (!passage.allowance.allowed) throw overLimit(passage.allowance);
  if (!caller || dialect.name !== "agency") return;
  // Callers of one address share a limit as well (contract README 5.3); the headers show the caller's own.
  const shared = await consume(`agency:ip:${ip}`, anonymousLimit("agency"));
  if (!shared.allowed) throw overLimit(shared);
}

const overLimit = ({ resetSeconds }: Allowance) =>
  rateLimited(Math.max(1, resetSeconds - Math.floor(Date.now() / 1_000)));

/** Counts the call for what it names as well, which all callers of the organization share. Throws `rate_limited`. */
export async function limitSubject(
  passage: {
    caller: Pick<Caller, "organizationId"> | undefined;
    dialect: Pick<Dialect, "name">;
    allowance: Allowance | undefined;
  },
  name: LimitName,
  subject: string,
): Promise<void> {
  const { caller, dialect } = passage;
  const bucket = `${dialect.name}:${name}:${caller?.organizationId}:${subject}`;
  passage.allowance = await consume(bucket, callerLimit(dialect.name, name));
  if (!passage.allowance.allowed) throw overLimit(passage.allowance);
}

/** Counts one call as several, for a caller who was admitted and so counted once already. Throws `rate_limited`. */
export async function limitFurther(
  caller: Pick<Caller, "actor">,
  family: Dialect["name"],
  name: LimitName,
  calls: number,
) {
  if (calls <= 0) return;
  const taken = await consume(`${family}:${name}:${idOf(caller)}`, callerLimit(family, name), calls);
  if (!taken.allowed) throw overLimit(taken);
}

/** Holds a call with a key to the rules of its organization. Throws `forbidden`. */
function guard(passage: Passage): void | Promise<void> {
  const { request, caller, meta, ip, path } = passage;
  if (caller?.actor.type !== "apiKey") return;
  const { organizationId, actor } = caller;
  const userAgent = request.headers.get("user-agent");
  const call = { organizationId, actor, ip, userAgent, requestId: meta.requestId, method: request.method, path };
  const hold = (rules: Rules) => {
    holdToRules(rules, call);
    passage.call = call;
    passage.rules = rules;
  };
  const rules = rulesOf(organizationId);
  return rules instanceof Promise ? rules.then(hold) : hold(rules);
}

/**
 * Credentials, then rate limit, the rules for addresses and keys, signature, origin, scopes. Wrong credentials count against
 * the address.
 */
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
    // Waited for only where something must be: this runs for every call.
    const held = guard(passage);
    if (held) await held;
    if (isSigned(passage)) await checkSignature(passage, spec.upload !== undefined);
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
