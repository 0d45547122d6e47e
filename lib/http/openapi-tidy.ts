import { describeParameter } from "#lib/http/openapi-names";

type Json = unknown;
type Node = Record<string, Json>;

const isNode = (value: Json): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
/** Formats that say what their pattern says. */
const told = new Set(["uuid", "date-time", "date", "email", "ipv4", "ipv6"]);

function tidyInteger(schema: Node): void {
  if (schema.type !== "integer") return;
  // Zod's bounds of every integer are JavaScript's, not the API's.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.maximum === undefined) schema.format ??= "int64";
}

/** `anyOf` of one plain type and null is that type or null. */
function foldNull(schema: Node): void {
  if (!Array.isArray(schema.anyOf) || schema.anyOf.length !== 2) return;
  const other = schema.anyOf.find((branch) => isNode(branch) && branch.type !== "null");
  const hasNull = schema.anyOf.some((branch) => isNode(branch) && branch.type === "null");
  if (!hasNull || !isNode(other) || typeof other.type !== "string" || "enum" in other || "const" in other) return;
  delete schema.anyOf;
  Object.assign(schema, { ...other, ...schema, type: [other.type, "null"] });
}

/** A record of certain names is an object with these fields. */
function spellNames(schema: Node): void {
  const names = isNode(schema.propertyNames) ? schema.propertyNames.enum : undefined;
  if (!Array.isArray(names) || !isNode(schema.additionalProperties)) return;
  const value = schema.additionalProperties;
  schema.properties = Object.fromEntries(names.map((name) => [String(name), structuredClone(value)]));
  schema.additionalProperties = false;
  delete schema.propertyNames;
}

/** Takes out of a schema, and of all in it, what says nothing. */
export function tidySchema(schema: Json): void {
  if (!isNode(schema)) return;
  for (const [key, value] of Object.entries(schema)) {
    if (["properties", "$defs", "patternProperties"].includes(key) && isNode(value))
      for (const one of Object.values(value)) tidySchema(one);
    else if (["items", "additionalProperties", "propertyNames", "not"].includes(key)) tidySchema(value);
    else if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(key) && Array.isArray(value))
      for (const one of value) tidySchema(one);
  }
  tidyInteger(schema);
  if (typeof schema.format === "string" && told.has(schema.format)) delete schema.pattern;
  if (JSON.stringify(schema.propertyNames) === '{"type":"string"}') delete schema.propertyNames;
  // An open object says so.
  if (JSON.stringify(schema.additionalProperties) === "{}") schema.additionalProperties = true;
  spellNames(schema);
  foldNull(schema);
}

function tidyParameter(parameter: Node, template: string): void {
  const schema = isNode(parameter.schema) ? parameter.schema : {};
  const { name, in: place } = parameter;
  if (typeof name !== "string" || typeof place !== "string") return;
  parameter.description ??= describeParameter(name, place, template);
  if (schema.description === parameter.description) delete schema.description;
}

/** Tidies every schema below a node of the document. Examples are data and stay as they are. */
function walk(node: Json, template: string): void {
  if (Array.isArray(node)) for (const one of node) walk(one, template);
  if (!isNode(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "schema") tidySchema(value);
    else if (key === "parameters" && Array.isArray(value)) {
      walk(value, template);
      for (const one of value) if (isNode(one)) tidyParameter(one, template);
    } else if (!["example", "examples", "tags", "x-tagGroups"].includes(key)) walk(value, template);
  }
}

/** The document without what says nothing, and with words for every parameter. Changes it. */
export function tidyDocument(document: { paths?: object; webhooks?: object; components?: object }): void {
  for (const [template, item] of Object.entries(document.paths ?? {})) walk(item, template);
  walk(document.webhooks, "");
  const { schemas = {}, ...others } = (document.components ?? {}) as Record<string, Node>;
  for (const schema of Object.values(schemas)) tidySchema(schema);
  walk(others, "");
}
