import type { AnswerHeaders } from "#lib/http/answer-headers";
import type { Allowance } from "#lib/limits/window";

const exposed =
  "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id, Retry-After, Deprecation, Sunset, Link, Idempotency-Replayed, X-Baton-Model, X-Baton-Cache";

/** Headers of every answer (contract README 5.3, 5.6, 5.8). CORS never comes with credentials. */
export function commonHeaders(headers: AnswerHeaders, requestId: string, allowance: Allowance | undefined): void {
  const { values } = headers;
  values["x-request-id"] = requestId;
  values["access-control-allow-origin"] = "*";
  values["access-control-expose-headers"] = exposed;
  values["x-content-type-options"] = "nosniff";
  values["cache-control"] ??= "no-store";
  if (!allowance) return;
  values["x-ratelimit-limit"] = String(allowance.limit);
  values["x-ratelimit-remaining"] = String(allowance.remaining);
  values["x-ratelimit-reset"] = String(allowance.resetSeconds);
}

/** The end of support that the documents announce. */
const sunset = "Mon, 01 Jun 2026 00:00:00 GMT";

/** Says that the route has a successor at another path (contract README 5.6). */
export function deprecate({ values }: AnswerHeaders, successor: string): void {
  values.deprecation = "true";
  values.sunset = sunset;
  values.link = `<${successor}>; rel="successor-version"`;
}

/** What a browser learns when it asks before it sends a cross-site request. */
export const preflightHeaders = {
  "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
  "access-control-allow-headers":
    "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-API-Key, X-Request-Id, X-Timestamp, X-Signature, X-Organization-Id, X-Baton-Models, X-Baton-Cache, Anthropic-Version, Anthropic-Beta",
  "access-control-max-age": "86400",
};

/**
 * Whether a write that is authenticated by cookie comes from this site. Programs send neither header and pass; a browser
 * always sends at least one on a cross-site write.
 */
export function isSameSite(request: Request, own: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  return origin === null || origin === own || origin === originOf(request);
}

/** The origin under which the request was made, as its Host header says. */
export function originOf(request: Request): string {
  const url = new URL(request.url);
  const host = request.headers.get("host");
  return host ? `${url.protocol}//${host}` : url.origin;
}
