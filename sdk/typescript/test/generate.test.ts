import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { OpenApi } from "../scripts/document.ts";
import { generate } from "../scripts/generate.ts";
import { typeOf } from "../scripts/schema.ts";
import { operationIds } from "../src/generated.ts";

const root = join(import.meta.dirname, "../../..");

test("The types are those of public/openapi.json", () => {
  const script = join(import.meta.dirname, "../scripts/generate.ts");
  expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe(
    "src/generated.ts is current\n",
  );
  const document = JSON.parse(readFileSync(join(root, "public/openapi.json"), "utf8"));
  const named = Object.entries<Record<string, { servers?: { url: string }[] }>>(document.paths).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, { servers }]) => `${method.toUpperCase()} ${servers?.[0]?.url ?? ""}${path}`),
  );
  expect(Object.values(operationIds).toSorted()).toEqual(named.toSorted());
});

describe("the type of a schema", () => {
  test.each([
    [{ type: "string" }, "string"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ type: "string", nullable: true }, "string | null"],
    [{ const: true, type: "boolean" }, "true"],
    [{ enum: ["a", 1, null] }, '"a" | 1 | null'],
    [{ type: "array", items: { anyOf: [{ type: "integer" }, { type: "null" }] } }, "(number | null)[]"],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }] }, "[string, number]"],
    [
      { type: "object", properties: { a: { type: "string" }, "b-c": { type: "number" } }, required: ["a"] },
      '{ a: string; "b-c"?: number }',
    ],
    [{ type: "object", additionalProperties: { type: "number" } }, "Record<string, number>"],
    [{ type: "object", additionalProperties: {} }, "Record<string, unknown>"],
    [{ type: "object", additionalProperties: false }, "Record<string, never>"],
    [{ type: "object" }, "Record<string, unknown>"],
    [{ properties: { a: true }, additionalProperties: true }, "{ a?: unknown } & Record<string, unknown>"],
    [{ $ref: "#/components/schemas/Agent~1v2" }, 'Schemas["Agent/v2"]'],
    [
      { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { b: { type: "string" } } }] },
      'Schemas["A"] & { b?: string }',
    ],
    [{ oneOf: [{ type: "string" }, { type: "string" }, { type: "number" }] }, "string | number"],
    [
      { type: "object", anyOf: [{ required: ["a"] }, { required: ["b"] }], properties: { a: { type: "string" } } },
      "{ a?: string }",
    ],
    [{ not: {} }, "unknown"],
    [true, "unknown"],
    [false, "never"],
  ])("%j is %s", (schema, type) => {
    expect(typeOf(schema as Parameters<typeof typeOf>[0])).toBe(type);
  });
});

test("References in parameters, bodies and responses are followed; a dangling one is refused", () => {
  const document = {
    paths: {
      "/things/{id}": {
        parameters: [{ $ref: "#/components/parameters/Id" }],
        get: {
          operationId: "getThings",
          parameters: [{ in: "query", name: "offset", schema: { type: "integer" } }],
          responses: { 200: { $ref: "#/components/responses/Things" }, 404: { description: "" } },
        },
        put: {
          operationId: "putThing",
          description: "Puts it.",
          parameters: [{ $ref: "#/components/parameters/Key" }],
          requestBody: { $ref: "#/components/requestBodies/Thing" },
          responses: { 204: { description: "" } },
        },
        post: { servers: [{ url: "/own" }], responses: {} },
      },
    },
    components: {
      parameters: {
        Id: { in: "path", name: "id", required: true, schema: { type: "string" } },
        Key: { in: "header", name: "Idempotency-Key", schema: { type: "string" } },
      },
      requestBodies: {
        Thing: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
      },
      responses: { Things: { content: { "application/json": { schema: { $ref: "#/components/schemas/Things" } } } } },
      schemas: {
        Thing: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        Things: {
          type: "object",
          properties: {
            data: {
              type: "object",
              properties: { things: { type: "array", items: { $ref: "#/components/schemas/Thing" } } },
            },
          },
        },
      },
    },
  };
  const text = generate(document as unknown as OpenApi);
  expect(text).toContain(
    '"PUT /things/{id}": {\n    params: { "id": string | number };\n    query: never;\n    body: Schemas["Thing"];\n    response: unknown;',
  );
  expect(text).toContain('response: Schemas["Things"];\n    item: Schemas["Thing"];');
  expect(text).toContain('"GET /things/{id}": { at: "data.things", by: "offset" }');
  expect(text).toContain('readonly string[] = [\n  "PUT /things/{id}",\n];');
  expect(text).toContain('"POST /own/things/{id}": {');
  expect(text).toContain('"putThing": "PUT /things/{id}"');
  document.paths["/things/{id}"].parameters = [{ $ref: "#/components/parameters/None" }];
  expect(() => generate(document as unknown as OpenApi)).toThrow("#/components/parameters/None points at nothing");
});
