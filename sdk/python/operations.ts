import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Schema = { $ref?: string; type?: string; properties?: Record<string, Schema> };
type Parameter = { $ref?: string; name?: string };
type Operation = {
  servers?: { url: string }[];
  parameters?: Parameter[];
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
};
type Description = {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> };
};

const target = join(import.meta.dirname, "src/baton/operations.py");
const source = join(import.meta.dirname, "../../public/openapi.json");
const methods = ["get", "post", "put", "patch", "delete"];

const tail = `

@lru_cache(maxsize=1)
def _patterns() -> List[Tuple[str, Pattern[str]]]:
    templates = sorted(IDEMPOTENT | set(PAGED))
    return [(one, re.compile(re.sub(r"\\\\{[^}]*\\\\}", "[^/]+", re.escape(one)) + "/?")) for one in templates]


@lru_cache(maxsize=1024)
def template_of(operation: str) -> Optional[str]:
    """The template of an operation in one of the tables. Takes templates and real paths, with or without a query."""
    line = operation.split("?")[0]
    if line in IDEMPOTENT or line in PAGED:
        return line
    return next((one for one, pattern in _patterns() if pattern.fullmatch(line)), None)


def accepts_idempotency_key(operation: str) -> bool:
    """Whether the operation honours \`\`Idempotency-Key\`\`."""
    return template_of(operation) in IDEMPOTENT
`;

/** The path of the one list in an answer, such as `apps` or `data.webhooks`. */
function listPlace(api: Description, schema: Schema | undefined, depth = 0): string | undefined {
  const found = schema?.$ref ? api.components?.schemas?.[schema.$ref.split("/").at(-1) ?? ""] : schema;
  if (!found?.properties || depth > 1) return undefined;
  const resolve = (one: Schema) => (one.$ref ? api.components?.schemas?.[one.$ref.split("/").at(-1) ?? ""] : one);
  const entries = Object.entries(found.properties);
  const list = entries.find(([, one]) => resolve(one)?.type === "array");
  if (list) return list[0];
  for (const [name, one] of entries) {
    const inner = listPlace(api, one, depth + 1);
    if (inner) return `${name}.${inner}`;
  }
  return undefined;
}

/** The tables that the Python SDK needs of the API description, as the text of their module. */
export function operationsModule(api: Description): string {
  const idempotent: string[] = [];
  const paged: [operation: string, place: string, byCursor: boolean][] = [];
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(item).filter(([name]) => methods.includes(name))) {
      const line = `${method.toUpperCase()} ${operation.servers?.[0]?.url ?? ""}${path}`;
      const names = (operation.parameters ?? []).map(({ $ref, name }) =>
        $ref ? (api.components?.parameters?.[$ref.split("/").at(-1) ?? ""]?.name ?? "") : (name ?? ""),
      );
      if (names.includes("Idempotency-Key")) idempotent.push(line);
      const place = listPlace(api, operation.responses?.["200"]?.content?.["application/json"]?.schema);
      if (method === "get" && names.includes("offset") && place) paged.push([line, place, names.includes("cursor")]);
    }
  }
  const head = `"""Written by \`node sdk/python/operations.ts\` from the API description. Do not edit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Dict, FrozenSet, List, Optional, Pattern, Tuple

#: Writes that honour an idempotency key.
IDEMPOTENT: FrozenSet[str] = frozenset(
    (
${idempotent
  .sort()
  .map((line) => `        "${line}",\n`)
  .join("")}    )
)

#: Lists that are read page by page: where in the answer the items are, and whether a cursor is understood.
PAGED: Dict[str, Tuple[str, bool]] = {
${paged
  .sort()
  .map(([line, place, byCursor]) => `    "${line}": ("${place}", ${byCursor ? "True" : "False"}),\n`)
  .join("")}}
`;
  return head + tail;
}

/** The module as it should be now, and as it is. */
export function currentModule(): { wanted: string; present: string } {
  return { wanted: operationsModule(JSON.parse(readFileSync(source, "utf8"))), present: readFileSync(target, "utf8") };
}

if (import.meta.main) writeFileSync(target, operationsModule(JSON.parse(readFileSync(source, "utf8"))));
