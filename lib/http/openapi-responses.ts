import { type ZodType, z } from "zod";
import type { ZodOpenApiContentObject, ZodOpenApiResponsesObject } from "zod-openapi";
import type { EndpointSpec } from "#lib/http/endpoint";
import { errorResponse, errorStatuses } from "#lib/http/openapi-errors";
import { type Examples, responseExamples, textExamples } from "#lib/http/openapi-examples";
import { type HeaderName, headersOf } from "#lib/http/openapi-headers";
import type { DeclaredOperation, OtherAnswer } from "#lib/http/openapi-spec";

const meanings: Record<number, string> = {
  200: "Success.",
  201: "Created.",
  202: "Accepted; the work goes on after the answer.",
  302: "Leads to the file.",
};

const LegacyMetadata = z
  .object({ version: z.literal("3.2"), request_id: z.string(), timestamp: z.iso.datetime() })
  .meta({ id: "LegacyMetadata", description: "What answers of version 3 add to their fields." });

/** A success in its frame, with what version 3's names add to it. */
function framed({ response, dialect, deprecated }: EndpointSpec): ZodType[] {
  if (!response) return [];
  const schema = dialect.successSchema(response);
  const isLegacy = deprecated !== undefined && dialect.name === "agency" && schema instanceof z.ZodObject;
  return [isLegacy ? schema.extend({ metadata: LegacyMetadata }) : schema];
}

/** The contents of a success: the declared JSON in its frame, and what the declaration says beside it. */
function successContent(specs: readonly EndpointSpec[], status: number, examples: Examples) {
  const shapes = [...new Set(specs.flatMap(framed))];
  const schema = shapes.length > 1 ? z.union(shapes as [ZodType, ZodType]) : shapes[0];
  const others = Object.entries(specs[0]?.answers ?? {}).map(([type, answer]) => [
    type,
    { schema: answer, ...(type === "text/plain" && textExamples(examples, status)) },
  ]);
  return {
    ...(schema && { "application/json": { schema, ...responseExamples(examples, status) } }),
    ...Object.fromEntries(others),
  } satisfies ZodOpenApiContentObject;
}

/** All that an operation may answer, by status. */
export function responsesOf({ method, specs }: DeclaredOperation, examples: Examples): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  const [main] = specs;
  const put = (status: number, response: ZodOpenApiResponsesObject[`2${string}`]) => {
    responses[`${status}` as `2${string}`] = response;
  };
  for (const [status, declared] of Map.groupBy(specs, (spec) => spec.status ?? 200)) {
    if (main.openedBy === "handshake") continue;
    const more: HeaderName[] = [...(main.answerHeaders ?? [])];
    if (declared.some(({ idempotent, keepsKey }) => idempotent || keepsKey)) more.push("Idempotency-Replayed");
    const content = successContent(declared, status, examples);
    put(status, {
      description: meanings[status] ?? "Success.",
      headers: headersOf(main, status, more),
      ...(Object.keys(content).length > 0 && { content }),
    });
  }
  for (const [code, { description, content = {}, headers = [] }] of Object.entries<OtherAnswer>(otherAnswersOf(main))) {
    const status = Number(code);
    const own = Object.entries(content).map(([type, schema]) => [
      type,
      { schema, ...responseExamples(examples, status) },
    ]);
    put(status, {
      description,
      headers: headersOf(main, status, headers),
      ...(own.length > 0 && { content: Object.fromEntries(own) }),
    });
  }
  const isWrite = method !== "GET";
  for (const [status, declared] of errorsByStatus(specs)) {
    if (responses[`${status}` as `4${string}`]) continue;
    put(status, errorResponse(declared, status, isWrite, responseExamples(examples, status)?.examples));
  }
  // Where no success has a body, tools still learn what every other answer looks like.
  if (!Object.keys(responses).some((status) => status.startsWith("2")))
    responses.default = errorResponse([main], 500, isWrite);
  return responses;
}

const otherAnswersOf = ({ otherAnswers, openedBy }: EndpointSpec): Record<number, OtherAnswer> =>
  openedBy === "handshake"
    ? { 101: { description: "The socket is open.", headers: ["Upgrade"] }, ...otherAnswers }
    : (otherAnswers ?? {});

function errorsByStatus(specs: readonly EndpointSpec[]): Map<number, EndpointSpec[]> {
  const byStatus = new Map<number, EndpointSpec[]>();
  for (const spec of specs)
    for (const status of errorStatuses(spec)) byStatus.set(status, [...(byStatus.get(status) ?? []), spec]);
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}
