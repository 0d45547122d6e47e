/** A JSON Schema (or a boolean one) as OpenAPI 3.1 holds it. */
export type Schema =
  | boolean
  | {
      $ref?: string;
      type?: string | string[];
      const?: unknown;
      enum?: unknown[];
      properties?: Record<string, Schema>;
      required?: string[];
      additionalProperties?: Schema;
      items?: Schema;
      prefixItems?: Schema[];
      anyOf?: Schema[];
      oneOf?: Schema[];
      allOf?: Schema[];
      nullable?: boolean;
      format?: string;
      contentMediaType?: string;
      description?: string;
    };

const keyOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const isCompound = (text: string) => / [|&] /.test(text);
const wrap = (text: string) => (isCompound(text) ? `(${text})` : text);
const unique = (texts: string[]) => [...new Set(texts)];

/** The name under which a component's type is known. */
export function componentName(ref: string): string {
  return decodeURIComponent(ref.split("/").at(-1) ?? "")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

function union(texts: string[]): string {
  const members = unique(texts);
  if (members.includes("unknown")) return "unknown";
  const shown = members.filter((text) => text !== "never");
  return shown.length === 0 ? "never" : shown.join(" | ");
}

function objectType(schema: Exclude<Schema, boolean>): string {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, value]) => `${keyOf(name)}${required.has(name) ? "" : "?"}: ${typeOf(value)}`,
  );
  const { additionalProperties: more } = schema;
  const isOpen = more !== undefined && more !== false;
  if (fields.length === 0)
    return isOpen || more === undefined
      ? `Record<string, ${isOpen ? typeOf(more) : "unknown"}>`
      : "Record<string, never>";
  const own = `{ ${fields.join("; ")} }`;
  return isOpen && more !== true
    ? `${own} & Record<string, unknown>`
    : isOpen
      ? `${own} & Record<string, unknown>`
      : own;
}

function single(type: string, schema: Exclude<Schema, boolean>): string {
  switch (type) {
    case "string":
      return schema.format === "binary" || schema.contentMediaType === "application/octet-stream"
        ? "Blob | string"
        : "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
      return `${wrap(typeOf(schema.items ?? true))}[]`;
    case "object":
      return objectType(schema);
    default:
      return "unknown";
  }
}

/** The TypeScript type of a schema, on one line. */
export function typeOf(schema: Schema | undefined): string {
  if (schema === undefined || schema === true) return "unknown";
  if (schema === false) return "never";
  const text = bare(schema);
  return schema.nullable ? union([text, "null"]) : text;
}

function bare(schema: Exclude<Schema, boolean>): string {
  if (schema.$ref) return `Schemas[${JSON.stringify(componentName(schema.$ref))}]`;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const parts: string[] = [];
  for (const group of [schema.anyOf, schema.oneOf]) if (group) parts.push(union(group.map(typeOf)));
  for (const member of schema.allOf ?? []) parts.push(typeOf(member));
  const isObject = schema.properties !== undefined || schema.additionalProperties !== undefined;
  const types = schema.type === undefined ? (isObject ? ["object"] : []) : [schema.type].flat();
  const isSaidTwice = parts.length > 0 && types.length === 1 && types[0] === "object" && !isObject;
  if (types.length > 0 && !isSaidTwice) parts.push(union(types.map((type) => single(type, schema))));
  const known = unique(parts).filter((part) => part !== "unknown");
  return known.length === 0 ? "unknown" : known.length === 1 ? (known[0] ?? "unknown") : known.map(wrap).join(" & ");
}
