import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Described, describe, type OpenApi } from "./document.ts";
import { listOf } from "./lists.ts";
import { type Schema, typeOf } from "./schema.ts";

const file = join(import.meta.dirname, "../src/generated.ts");
const source = join(import.meta.dirname, "../../../public/openapi.json");

// Query values are text on the wire; a program may give what reads as such text.
const queryType = (schema: Schema | undefined) => {
  const type = typeOf(schema);
  return type === "string" ? "string | number | boolean | object" : type;
};

function parametersType({ parameters }: Described, place: "path" | "query"): string {
  const chosen = parameters.filter((one) => one.in === place);
  if (chosen.length === 0) return "never";
  const fields = chosen.map(({ name, required, schema }) => {
    const type = place === "path" ? "string | number" : queryType(schema);
    return `${JSON.stringify(name)}${required ? "" : "?"}: ${type}`;
  });
  return `{ ${fields.join("; ")} }`;
}

const union = (schemas: Schema[], none: string) =>
  schemas.length === 0 ? none : [...new Set(schemas.map(typeOf))].join(" | ");

function bodyType({ body }: Described): string {
  if (!body) return "never";
  const type = union(body.schemas, "unknown");
  return body.isRequired ? type : `${type} | undefined`;
}

/** The module's text for an OpenAPI document. */
export function generate(document: OpenApi): string {
  const operations = describe(document);
  const lists = operations.flatMap((one) => {
    const list = listOf(document, one);
    return list ? [{ ...list, name: one.name }] : [];
  });
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const named = operations.flatMap(({ operationId, name }) => (operationId ? [{ operationId, name }] : []));
  const lines = [
    "// Written by scripts/generate.ts from public/openapi.json; not to be edited.",
    "",
    "/** The API's named shapes. */",
    "export type Schemas = {",
    ...schemas.map(([name, schema]) => `  ${JSON.stringify(name)}: ${typeOf(schema)};`),
    "};",
    "",
    "/** What each operation takes and answers. */",
    "export type Operations = {",
    ...operations.flatMap((one) => {
      const list = lists.find(({ name }) => name === one.name);
      return [
        `  ${JSON.stringify(one.name)}: {`,
        `    params: ${parametersType(one, "path")};`,
        `    query: ${parametersType(one, "query")};`,
        `    body: ${bodyType(one)};`,
        `    response: ${union(one.answers, "unknown")};`,
        `    item: ${list ? typeOf(list.items) : "unknown"};`,
        "  };",
      ];
    }),
    "};",
    "",
    "/** Operations that honour `Idempotency-Key`. */",
    "export const idempotentOperations: readonly string[] = [",
    ...operations.filter(({ isIdempotent }) => isIdempotent).map(({ name }) => `  ${JSON.stringify(name)},`),
    "];",
    "",
    "/** Lists: where their things are in an answer, and how they are paged. */",
    'export const lists: Readonly<Record<string, { at: string; by: "cursor" | "offset" | "none" }>> = {',
    ...lists.map(({ name, at, by }) => `  ${JSON.stringify(name)}: { at: ${JSON.stringify(at)}, by: "${by}" },`),
    "};",
    "",
    "/** Operations by their operationId. */",
    "export const operationIds = {",
    ...named.map(({ operationId, name }) => `  ${JSON.stringify(operationId)}: ${JSON.stringify(name)},`),
    "} as const;",
    "",
  ];
  return lines.join("\n");
}

if (process.argv[1] === import.meta.filename) {
  const text = generate(JSON.parse(readFileSync(source, "utf8")));
  if (process.argv.includes("--check")) {
    const isCurrent = readFileSync(file, "utf8") === text;
    const advice = "src/generated.ts is out of date: node sdk/typescript/scripts/generate.ts\n";
    process.stdout.write(isCurrent ? "src/generated.ts is current\n" : advice);
    process.exitCode = isCurrent ? 0 : 1;
  } else {
    writeFileSync(file, text);
    process.stdout.write("wrote src/generated.ts\n");
  }
}
