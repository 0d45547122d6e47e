import { expect, test } from "vitest";
import { formOf, initialValues, inputOf } from "./schema-form";

const schema = {
  type: "object",
  properties: {
    message: { type: "string", title: "Message" },
    tone: { type: "string", enum: ["friendly", "formal"], default: "friendly" },
    rounds: { type: "integer" },
    loud: { type: "boolean" },
    changes: { type: "array", items: { type: "string" } },
    options: { type: "object", properties: { deep: { type: "number" } } },
    level: { enum: [1, 2, null] },
  },
  required: ["message"],
};

test("every kind of value of an inputSchema has its field", () => {
  const { isObject, fields } = formOf(schema);
  expect(isObject).toBe(true);
  expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
    ["message", "text"],
    ["tone", "choice"],
    ["rounds", "number"],
    ["loud", "boolean"],
    ["changes", "list"],
    ["options", "json"],
    ["level", "choice"],
  ]);
  expect(initialValues(formOf(schema))).toMatchObject({ message: "", tone: '"friendly"', loud: "" });
});

test("what is typed becomes values of the schema's types; what is left empty is left out", () => {
  const form = formOf(schema);
  const typed = {
    message: "Hi",
    rounds: "3",
    loud: "true",
    changes: "a\n\nb",
    options: '{"deep": 1.5}',
    level: "null",
  };
  expect(inputOf(form, { ...initialValues(form), ...typed })).toEqual({
    input: {
      message: "Hi",
      tone: "friendly",
      rounds: 3,
      loud: true,
      changes: ["a", "b"],
      options: { deep: 1.5 },
      level: null,
    },
    problems: {},
  });
  expect(inputOf(form, { message: "Hi" })).toEqual({ input: { message: "Hi" }, problems: {} });
});

test("what is required comes first, in the order in which it is listed", () => {
  const any = { type: "string" };
  const mixed = { type: "object", properties: { a: any, b: any, c: any }, required: ["c", "b"] };
  expect(formOf(mixed).fields.map(({ name }) => name)).toEqual(["c", "b", "a"]);
});

test("what cannot be a value is named by its field", () => {
  const { problems } = inputOf(formOf(schema), { message: "Hi", rounds: "1.5", options: "{" });
  expect(problems).toEqual({ rounds: "Must be a whole number", options: "This is no valid JSON" });
  const form = formOf({ type: "object", properties: { count: { type: "number" } }, required: ["count"] });
  expect(inputOf(form, { count: "" }).problems).toEqual({ count: "Required field missing" });
  expect(inputOf(form, { count: "many" }).problems).toEqual({ count: "Must be a number" });
});

test("without a schema any text is the input, and what is no object is asked for as a whole", () => {
  expect(inputOf(formOf(undefined), { input: "Say hello." })).toEqual({ input: "Say hello.", problems: {} });
  expect(inputOf(formOf({ type: "array", items: { type: "number" } }), { input: "[1, 2]" }).input).toEqual([1, 2]);
  expect(inputOf(formOf({ type: ["string", "null"] }), { input: "Hi" }).input).toBe("Hi");
});
