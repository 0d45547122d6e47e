import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import type { ZodType } from "zod";
import { buildDocument } from "#lib/http/openapi";
import type { Examples } from "#lib/http/openapi-examples";
import { pathOfTemplate, placeOf } from "#lib/http/openapi-names";
import { declaredOperations } from "#server/declared-operations";

type Media = { schema?: object; examples?: Record<string, { value: unknown }> };
type Answer = { $ref?: string; content?: Record<string, Media> };
type Operation = { requestBody?: Answer; responses: Record<string, Answer> };
type Document = { paths: Record<string, Record<string, Operation>>; components: { responses: Record<string, Answer> } };

const root = join(import.meta.dirname, "../..");
const examples: Examples = JSON.parse(readFileSync(join(root, "examples/api.json"), "utf8"));
const operations = await declaredOperations(root);
const document = buildDocument(operations, "0.0.0", examples) as Document;

const specsOf = new Map(
  operations.map(({ method, template, specs }) => [`${method} ${pathOfTemplate(template)}`, specs]),
);
const numbered = examples.map((example, index) => ({
  ...example,
  line: `${index} ${example.item} ${example.operation}`,
}));

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
formats.default(ajv);
ajv.addSchema({ $id: "document", ...document });

function operationOf(operation: string): Operation | undefined {
  const [method = "", path = ""] = operation.split(" ");
  return document.paths[placeOf(path).path]?.[method.toLowerCase()];
}

function answerOf(operation: string, status: number, body?: unknown): Media | undefined {
  const answer = operationOf(operation)?.responses[String(status)];
  const whole = answer?.$ref ? document.components.responses[answer.$ref.split("/").at(-1) ?? ""] : answer;
  return whole?.content?.[typeof body === "string" ? "text/plain" : "application/json"];
}

/** What is wrong with a value by a schema of the document. */
function problems(schema: object | undefined, value: unknown): string[] {
  if (!schema) return ["There is no schema."];
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components'));
  const validate = ajv.compile(absolute);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const fits = (schemas: readonly (ZodType | undefined)[], value: unknown) =>
  schemas.some((schema) => schema?.safeParse(value).success);
/** Addresses hold texts. */
const asTexts = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

test("there are examples of every document, for declared operations only", () => {
  expect(new Set(examples.map((example) => example.document))).toEqual(
    new Set(["paas", "cloud", "orchestratex", "orchestra", "agency"]),
  );
  for (const { operation } of examples) expect(specsOf.has(operation), operation).toBe(true);
});

const asked = numbered.filter(({ request }) => request);
test.each(asked)("$line: the request is what the endpoint takes", ({ operation, request = {} }) => {
  const specs = specsOf.get(operation) ?? [];
  const { params, query, body, headers } = request;
  if (params)
    expect(
      fits(
        specs.map((spec) => spec.params),
        asTexts(params),
      ),
      "params",
    ).toBe(true);
  if (query)
    expect(
      fits(
        specs.map((spec) => spec.query),
        asTexts(query),
      ),
      "query",
    ).toBe(true);
  if (body !== undefined) {
    const schemas = specs.flatMap((spec) => [spec.body, ...Object.values(spec.takes ?? {})]);
    expect(fits(schemas, body), "body").toBe(true);
    const media = operationOf(operation)?.requestBody?.content?.["application/json"];
    expect(problems(media?.schema, body)).toEqual([]);
    expect(Object.values(media?.examples ?? {})).toContainEqual({ value: body });
  }
  for (const value of Object.values(headers ?? {})) expect(value).toMatch(/\S/);
});

const answered = numbered.filter(({ response }) => response);
test.each(answered)("$line: the response is what the document shows", ({ operation, response }) => {
  const { status, body } = response ?? { status: 0, body: undefined };
  const media = answerOf(operation, status, body);
  expect(problems(media?.schema, body)).toEqual([]);
  expect(Object.values(media?.examples ?? {})).toContainEqual({ value: body });
});

test("a wrong example would be found", () => {
  const [example] = answered;
  expect(problems(answerOf(example?.operation ?? "", 200)?.schema, { success: true })).not.toEqual([]);
  expect(problems(answerOf("GET /api/system", 200)?.schema, { cpu_temp: "hot" })).not.toEqual([]);
});
