import { expect, test } from "vitest";
import { derivedName, describeParameter } from "#lib/http/openapi-names";
import { tidyDocument, tidySchema } from "#lib/http/openapi-tidy";

function tidied(schema: Record<string, unknown>) {
  const copy = structuredClone(schema);
  tidySchema(copy);
  return copy;
}

test("bounds and patterns that say nothing go; those of the API stay", () => {
  const { MIN_SAFE_INTEGER: minimum, MAX_SAFE_INTEGER: maximum } = Number;
  expect(tidied({ type: "integer", minimum, maximum })).toEqual({ type: "integer", format: "int64" });
  expect(tidied({ type: "integer", minimum: 1, maximum: 100 })).toEqual({ type: "integer", minimum: 1, maximum: 100 });
  expect(tidied({ type: "string", format: "uuid", pattern: "^x$" })).toEqual({ type: "string", format: "uuid" });
  expect(tidied({ type: "string", pattern: "^x$" })).toEqual({ type: "string", pattern: "^x$" });
});

test("a plain type or null is one type list; references, choices and real unions stay", () => {
  const nothing = { type: "null" };
  expect(tidied({ anyOf: [{ type: "string", maxLength: 5 }, nothing], description: "A name." })).toEqual({
    type: ["string", "null"],
    maxLength: 5,
    description: "A name.",
  });
  for (const anyOf of [
    [{ $ref: "#/components/schemas/A" }, nothing],
    [{ type: "string", enum: ["a"] }, nothing],
    [{ type: "string" }, { type: "number" }],
  ])
    expect(tidied({ anyOf })).toEqual({ anyOf });
});

test("a record of certain names is an object with these fields", () => {
  const schema = {
    type: "object",
    propertyNames: { type: "string", enum: ["a", "b"] },
    additionalProperties: { type: "number" },
    required: ["a", "b"],
  };
  expect(tidied(schema)).toEqual({
    type: "object",
    properties: { a: { type: "number" }, b: { type: "number" } },
    additionalProperties: false,
    required: ["a", "b"],
  });
});

test("examples are data: nothing in them is tidied", () => {
  const media = {
    schema: { type: "integer", minimum: -1 },
    examples: { a: { value: { schema: { format: "uuid", pattern: "x" } } } },
  };
  const document = { paths: { "/a": { get: { responses: { 200: { content: { "application/json": media } } } } } } };
  const before = structuredClone(media.examples);
  tidyDocument(document);
  expect(media.examples).toEqual(before);
  expect(media.schema).toEqual({ type: "integer", minimum: -1, format: "int64" });
});

test("names and words are derived where a declaration has none", () => {
  expect(derivedName("GET", "/api/agent-apps/{id}/rollback")).toBe("getApiAgentAppsIdRollback");
  expect(describeParameter("id", "path", "/api/agent-apps/{id}")).toBe("The id of the agent app.");
  expect(describeParameter("packageId", "path", "/api/agent-apps/{id}/packages/{packageId}")).toBe(
    "The id of the package.",
  );
  expect(describeParameter("severity", "query", "/api/security/audit")).toBe("Only of this severity.");
});
