import { type ZodType, z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { ErrorCode } from "#lib/errors";
import { statuses } from "#lib/http/dialect";
import type { EndpointSpec } from "#lib/http/endpoint";
import type { UploadSpec } from "#lib/http/upload";

export type DeclaredEndpoint = { method: string; template: string; spec: EndpointSpec };

const tags: Record<string, string> = {
  paas: "Work desk",
  cloud: "Accounts and organizations",
  orchestratex: "Orchestration",
  orchestra: "Chat",
  agency: "Agency",
  shared: "Sessions",
  openai: "OpenAI-compatible",
  anthropic: "Anthropic-compatible",
  plain: "Probes",
};

const header = (schema: ZodType, id: string, description: string) => schema.meta({ description, header: { id } });

const limitHeaders = z.object({
  "X-Request-Id": header(z.string(), "RequestId", "Quote it when you report a problem."),
  "X-RateLimit-Limit": header(z.int(), "RateLimitLimit", "Calls in a window."),
  "X-RateLimit-Remaining": header(z.int(), "RateLimitRemaining", "Calls left in this window."),
  "X-RateLimit-Reset": header(z.int(), "RateLimitReset", "Unix seconds at which the window ends."),
});

const words: Partial<Record<ErrorCode, string>> = {
  malformed: "The body is not valid JSON",
  validation: "A field is missing or wrong",
  unauthorized: "No or bad credentials",
  forbidden: "A scope or role is missing",
  not_found: "Unknown, or of another organization",
  conflict: "The state of things forbids it",
  payload_too_large: "The body is larger than 5 MB",
  unsupported_media_type: "The body is not JSON",
  upgrade_required: "This address speaks WebSocket only",
  rate_limited: "Too many calls; see Retry-After",
  internal: "Something went wrong on our side",
  unavailable: "Something Baton depends on does not answer",
  timeout: "No answer in time",
};

/** The errors an endpoint can answer with: those it declares and those its policy brings. */
function errorsOf(spec: EndpointSpec): Set<ErrorCode> {
  const errors = new Set<ErrorCode>([...(spec.errors ?? []), "rate_limited", "internal"]);
  if (spec.auth.length || spec.knowsCallers) errors.add("unauthorized");
  if (spec.scopes.length) errors.add("forbidden");
  if (spec.params) errors.add("not_found");
  if (spec.query) errors.add("validation");
  if (spec.body || spec.upload)
    for (const code of ["malformed", "validation", "payload_too_large", "unsupported_media_type"] as const)
      errors.add(code);
  if (spec.idempotent) errors.add("conflict");
  return errors;
}

function errorResponses(spec: EndpointSpec): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, string[]>();
  for (const code of errorsOf(spec)) {
    const status = spec.dialect.name === "orchestratex" && code === "validation" ? 422 : statuses[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), words[code] ?? code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, reasons]) => [
      String(status),
      {
        description: reasons.join("; "),
        headers: limitHeaders,
        content: { "application/json": { schema: spec.dialect.errorSchema } },
      },
    ]),
  );
}

/** JSON, and where forms are taken the same fields as one. */
function bodyOf(schema: ZodType, takesForms = false): ZodOpenApiRequestBodyObject {
  const forms = { "application/x-www-form-urlencoded": { schema }, "multipart/form-data": { schema } };
  return { required: true, content: { "application/json": { schema }, ...(takesForms && forms) } };
}

/** A form with its files; without them, its fields may come as JSON. */
function formOf({ fields, files }: UploadSpec): ZodOpenApiRequestBodyObject {
  const binary = (description: string) =>
    z
      .string()
      .optional()
      .meta({ description, override: { type: "string", format: "binary" } });
  const shapes = Object.entries(files).map(([name, { unless, bytesMax }]) => {
    const instead = unless ? `, unless ${unless} is sent` : "";
    return [name, binary(`At most ${bytesMax} bytes${instead}.`)] as const;
  });
  const form = fields.extend(Object.fromEntries(shapes));
  return {
    required: true,
    content: { "multipart/form-data": { schema: form }, "application/json": { schema: fields } },
  };
}

/** `{}` beside the others says that credentials may be left out. */
function securityOf(spec: EndpointSpec): Record<string, string[]>[] {
  const either: Record<string, string[]>[] = [{ bearer: [...spec.scopes] }, { session: [...spec.scopes] }];
  if (spec.auth.length > 0) return either;
  return spec.knowsCallers ? [...either, {}] : [];
}

function operationOf({ method, template, spec }: DeclaredEndpoint): ZodOpenApiOperationObject {
  const success: ZodType | undefined = spec.response && spec.dialect.successSchema(spec.response);
  const retry = spec.idempotent
    ? {
        header: z.object({
          "Idempotency-Key": z
            .string()
            .min(1)
            .max(255)
            .optional()
            .meta({ description: "Makes a retry safe for 24 hours." }),
        }),
      }
    : {};
  return {
    operationId: `${method.toLowerCase()}${template.replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase())}`,
    summary: spec.summary,
    ...(spec.description && { description: spec.description }),
    ...(spec.deprecated && { deprecated: true }),
    tags: [tags[spec.dialect.name] ?? spec.dialect.name],
    security: securityOf(spec),
    requestParams: {
      ...(spec.params && { path: spec.params as z.ZodObject }),
      ...(spec.query && { query: spec.query as z.ZodObject }),
      ...retry,
    },
    ...(spec.body && { requestBody: bodyOf(spec.body, spec.takesForms) }),
    ...(spec.upload && { requestBody: formOf(spec.upload) }),
    responses: {
      [String(spec.status ?? 200)]: {
        description: "Success",
        headers: limitHeaders,
        ...(success && { content: { "application/json": { schema: success } } }),
      },
      ...errorResponses(spec),
    },
  };
}

/** The OpenAPI 3.1 document of all endpoints, from their declarations alone, in the order of their paths. */
export function buildDocument(endpoints: DeclaredEndpoint[], version: string): object {
  const byPath = Map.groupBy(
    [...endpoints].sort((a, b) => (a.template < b.template ? -1 : a.template > b.template ? 1 : 0)),
    ({ template }) => template,
  );
  const paths: ZodOpenApiPathsObject = {};
  for (const [template, declared] of byPath) {
    paths[template] = Object.fromEntries(declared.map((one) => [one.method.toLowerCase(), operationOf(one)]));
  }
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "Baton",
      version,
      description:
        "A self-hostable agent cloud: organizations, keys, credits, agents and many AI models behind one API.",
    },
    servers: [{ url: "/", description: "This instance" }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API key, or the access token of a login." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "sb-auth-token",
          description: "The login cookie of the dashboard.",
        },
      },
    },
  });
}
