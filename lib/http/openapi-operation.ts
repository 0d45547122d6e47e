import { type ZodType, z } from "zod";
import type { ZodOpenApiContentObject, ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from "zod-openapi";
import type { EndpointSpec } from "#lib/http/endpoint";
import { bodyExamples, type Examples } from "#lib/http/openapi-examples";
import { derivedName } from "#lib/http/openapi-names";
import { responsesOf } from "#lib/http/openapi-responses";
import { securityOf } from "#lib/http/openapi-security";
import type { DeclaredOperation } from "#lib/http/openapi-spec";
import { tagOf } from "#lib/http/openapi-tags";
import type { UploadSpec } from "#lib/http/upload";

/** A form with its files; without them, its fields may come as JSON. */
function uploadContent({ fields, files }: UploadSpec): ZodOpenApiContentObject {
  const binary = (description: string) =>
    z
      .string()
      .optional()
      .meta({ description, override: { type: "string", format: "binary" } });
  const shapes = Object.entries(files).map(([name, { unless, bytesMax }]) => {
    const instead = unless ? `, unless ${unless} is sent` : "";
    return [name, binary(`At most ${bytesMax} bytes${instead}.`)] as const;
  });
  return {
    "multipart/form-data": { schema: fields.extend(Object.fromEntries(shapes)) },
    "application/json": { schema: fields },
  };
}

function requestBody(specs: readonly EndpointSpec[], examples: Examples): ZodOpenApiRequestBodyObject | undefined {
  const [spec] = specs;
  if (spec?.upload) return { required: true, content: uploadContent(spec.upload) };
  if (spec?.takes) {
    const entries = Object.entries(spec.takes).map(([type, schema]) => [type, { schema, ...bodyExamples(examples) }]);
    return { required: true, content: Object.fromEntries(entries) };
  }
  const bodies = [...new Set(specs.flatMap(({ body }) => body ?? []))];
  if (bodies.length === 0) return undefined;
  const schema = bodies.length > 1 ? z.union(bodies as [ZodType, ZodType]) : bodies[0];
  // A body that may be `{}` may be left out (contract README 5.7).
  const required = !bodies.every((body) => body.safeParse({}).success);
  const forms = { "application/x-www-form-urlencoded": { schema }, "multipart/form-data": { schema } };
  return {
    ...(required && { required }),
    content: { "application/json": { schema, ...bodyExamples(examples) }, ...(spec?.takesForms && forms) },
  };
}

const retryKey = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .meta({
    description:
      "Makes a retry safe: for 24 hours the same key with the same body gets the first answer again, and with another body 409.",
    param: { id: "IdempotencyKey" },
  });

const lastEvent = z
  .string()
  .optional()
  .meta({
    description: "The id of the last event that was read; the stream goes on after it.",
    param: { id: "LastEventId" },
  });

function parametersOf({ template, specs: [spec, ...others] }: DeclaredOperation) {
  const isStream = [spec.answers, spec.otherAnswers?.[200]?.content].some((one) => one && "text/event-stream" in one);
  const headers = {
    ...([spec, ...others].some(({ idempotent, keepsKey }) => idempotent || keepsKey) && {
      "Idempotency-Key": retryKey,
    }),
    ...(isStream && spec.resumes !== false && { "Last-Event-ID": lastEvent }),
  };
  const rest = /\{\.\.\.(.+?)\}/.exec(template)?.[1];
  const path = rest ? z.object({ [rest]: z.string() }) : spec.params;
  const requestParams = {
    ...(path && { path: path as z.ZodObject }),
    ...(spec.query && { query: spec.query as z.ZodObject }),
    ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
  };
  return Object.keys(requestParams).length > 0 ? { requestParams } : {};
}

/** An operation of the document, from its declarations and the documented examples. */
export function operationOf(declared: DeclaredOperation, examples: Examples): ZodOpenApiOperationObject {
  const { method, template, specs } = declared;
  const [spec] = specs;
  const { operationId, summary, description } = declared.shown ?? spec;
  const body = requestBody(specs, examples);
  return {
    operationId: operationId ?? derivedName(method, template),
    summary,
    ...(description && { description }),
    ...(spec.deprecated && { deprecated: true }),
    tags: [tagOf(template)],
    security: securityOf(spec, template),
    ...parametersOf(declared),
    ...(body && { requestBody: body }),
    responses: responsesOf(declared, examples),
  };
}
