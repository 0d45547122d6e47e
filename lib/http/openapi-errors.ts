import { type ZodType, z } from "zod";
import type { ZodOpenApiResponseObject } from "zod-openapi";
import type { ErrorCode } from "#lib/errors";
import { type Dialect, statuses } from "#lib/http/dialect";
import type { EndpointSpec } from "#lib/http/endpoint";
import { headersOf } from "#lib/http/openapi-headers";

/** By status: the word in the component's name, and what it means. */
const meanings: Record<number, [string, string]> = {
  400: ["BadRequest", "The body is not valid JSON, or a field is missing or wrong"],
  401: ["Unauthorized", "No or bad credentials"],
  402: ["PaymentRequired", "Not enough credits"],
  403: ["Forbidden", "A scope or role is missing, or the address may not be called from here"],
  404: ["NotFound", "Unknown, or of another organization"],
  405: ["MethodNotAllowed", "The address takes other methods only, which the header Allow names"],
  409: ["Conflict", "The state of things forbids it, or the Idempotency-Key was used for another request"],
  410: ["Gone", "It was removed"],
  413: ["PayloadTooLarge", "The body is too large"],
  415: ["UnsupportedMediaType", "The body's content type is not taken here"],
  422: ["Unprocessable", "A field is missing or wrong"],
  426: ["UpgradeRequired", "This address speaks WebSocket only"],
  429: ["RateLimited", "Too many calls; Retry-After says when to try again"],
  500: ["InternalError", "Something went wrong on this side; the request id helps to find it"],
  502: ["BadGateway", "A server behind this one answered with an error"],
  503: ["Unavailable", "Something that Baton depends on does not answer"],
  504: ["Timeout", "No answer in time"],
};

/** The errors an endpoint can answer with: those it declares and those its policy brings. */
export function errorsOf(spec: EndpointSpec): Set<ErrorCode> {
  const errors = new Set<ErrorCode>([...(spec.errors ?? []), "internal"]);
  if (spec.rateLimit !== "none") errors.add("rate_limited");
  if (spec.auth.length || spec.knowsCallers) errors.add("unauthorized");
  if (spec.scopes.length) errors.add("forbidden");
  if (spec.params) errors.add("not_found");
  if (spec.query) errors.add("validation");
  if (spec.body || spec.upload)
    for (const code of ["malformed", "validation", "payload_too_large", "unsupported_media_type"] as const)
      errors.add(code);
  if (spec.idempotent || spec.keepsKey) errors.add("conflict");
  if (![...errors].some((code) => String(statuses[code]).startsWith("4"))) errors.add("method_not_allowed");
  return errors;
}

/** The statuses of those errors, as the dialect gives them. */
export function errorStatuses(spec: EndpointSpec): number[] {
  const isSplit = spec.dialect.name === "orchestratex";
  const found = [...errorsOf(spec)].map((code) => (isSplit && code === "validation" ? 422 : statuses[code]));
  return [...new Set(found)].sort((a, b) => a - b);
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
/** The probes answer errors as the chat does. */
const familyOf = ({ name }: Dialect) => capital(name === "plain" ? "orchestra" : name);

export const schemaOfError = ({ dialect }: EndpointSpec, status: number, isWrite: boolean): ZodType =>
  dialect.errorSchemaOf?.(status, isWrite) ?? dialect.errorSchema;

// A component is registered once, as one object.
const components = new Map<string, ZodOpenApiResponseObject>();

/** An error's response. Operations of one family share it as a component; `examples` make it an operation's own. */
export function errorResponse(
  specs: readonly EndpointSpec[],
  status: number,
  isWrite: boolean,
  examples?: Record<string, { value: unknown }>,
): ZodOpenApiResponseObject {
  const [first] = specs;
  if (!first) throw new Error("No declaration answers this status.");
  const [word, description] = meanings[status] ?? [String(status), "An error"];
  const families = [...new Set(specs.map(({ dialect }) => familyOf(dialect)))];
  const schemas = [...new Set(specs.map((spec) => schemaOfError(spec, status, isWrite)))];
  const readAs = first.dialect.errorSchemaOf && status === 400 && !isWrite ? "Read" : "";
  const schema = schemas.length > 1 ? z.union(schemas as [ZodType, ZodType]) : schemas[0];
  const response: ZodOpenApiResponseObject = {
    description: `${description}.`,
    headers: headersOf(first, status, status === 426 ? ["Upgrade"] : []),
    content: { "application/json": { ...(schema && { schema }), ...(examples && { examples }) } },
  };
  if (examples) return response;
  const id = `${families.join("Or")}${readAs}${word}${first.deprecated ? "Deprecated" : ""}`;
  const known = components.get(id) ?? { ...response, id };
  components.set(id, known);
  return known;
}
