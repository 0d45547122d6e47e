import { expect, onTestFinished, test, vi } from "vitest";
import { schemaIssues, schemaProblem } from "#lib/runtime/input-schema";

const messages = (schema: Record<string, unknown>, value: unknown) =>
  schemaIssues(schema, value, "input").map(({ field, message }) => `${field}: ${message}`);

test("names each field that breaks the schema, by its path", () => {
  const schema = {
    type: "object",
    required: ["topic"],
    properties: {
      topic: { type: "string", minLength: 3 },
      parts: { type: "array", items: { type: "object", properties: { "a/b": { type: "integer" } } } },
    },
  };
  expect(messages(schema, { topic: "tea", parts: [] })).toEqual([]);
  expect(messages(schema, { topic: "t", parts: [{}, { "a/b": "x" }] })).toEqual([
    "input.topic: Must NOT have fewer than 3 characters",
    "input.parts.1.a/b: Must be integer",
  ]);
  expect(messages(schema, "tea")).toEqual(["input: Must be object"]);
});

test.each([
  ["draft 7", { $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: "string" }] }, ["a"], [1]],
  [
    "2020-12",
    { $schema: "https://json-schema.org/draft/2020-12/schema", prefixItems: [{ type: "string" }] },
    ["a"],
    [1],
  ],
  [
    "of itself",
    { type: "object", properties: { child: { $ref: "#" } }, additionalProperties: false },
    { child: {} },
    { child: { x: 1 } },
  ],
])("understands a schema in the words %s", (_, schema, right, wrong) => {
  expect(schemaProblem(schema)).toBeUndefined();
  expect(messages(schema, right)).toEqual([]);
  expect(messages(schema, wrong)).toHaveLength(1);
});

test.each([
  ["an unknown type", { type: "nonsense" }, /type must be/],
  ["a pattern that is none", { pattern: "(" }, /Invalid regular expression/],
  ["a reference into the internet", { $ref: "https://example.com/schema.json" }, /can't resolve reference/],
])("refuses %s, and fetches nothing", (_, schema, problem) => {
  expect(schemaProblem(schema)).toMatch(problem);
  expect(messages(schema, 1)).toHaveLength(1);
});

/** Each definition names the next one twice: 2^24 checks of one value. */
function doubling(): Record<string, unknown> {
  const links = Array.from({ length: 24 }, (_, index) => {
    const next = { $ref: `#/definitions/d${index + 1}` };
    return [`d${index}`, { allOf: [next, next] }] as const;
  });
  return { $ref: "#/definitions/d0", definitions: { ...Object.fromEntries(links), d24: { type: "string" } } };
}

test.each([
  ["a pattern that never ends", { type: "string", pattern: "^(a+)+$" }, `${"a".repeat(60)}!`],
  ["definitions that double", doubling(), "x"],
])("%s is given up within moments, and not tried again for a while", (_, schema, value) => {
  const startedAt = performance.now();
  expect(messages(schema, value)).toHaveLength(1);
  const cpuBefore = process.threadCpuUsage().user;
  expect(messages(schema, value)).toHaveLength(1);
  expect((process.threadCpuUsage().user - cpuBefore) / 1_000).toBeLessThan(25);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("a schema whose compiling was cut off while the thread stood still is begun anew, not taken for a broken one", () => {
  const standstill = vi.spyOn(process, "threadCpuUsage").mockReturnValue({ user: 0, system: 0 });
  onTestFinished(() => standstill.mockRestore());
  const names = Array.from({ length: 20_000 }, (_, index) => `field${index}`);
  const large = { type: "object", properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])) };
  expect(schemaProblem(large)).toBe("it is too complex");
}, 20_000);
