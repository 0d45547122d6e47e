import type { Schema } from "./schema.ts";

type Ref = { $ref: string };
type Parameter = { in: string; name: string; required?: boolean; schema?: Schema };
type Content = Record<string, { schema?: Schema }>;
type Body = { required?: boolean; content?: Content };
type Operation = {
  operationId?: string;
  parameters?: (Parameter | Ref)[];
  requestBody?: Body | Ref;
  responses?: Record<string, { content?: Content } | Ref>;
  servers?: { url: string }[];
};
export type OpenApi = {
  paths: Record<string, Record<string, unknown> & { parameters?: (Parameter | Ref)[] }>;
  components?: { schemas?: Record<string, Schema> };
};

/** One operation with its references followed. */
export type Described = {
  name: string;
  method: string;
  operationId: string | undefined;
  parameters: Parameter[];
  body: { isRequired: boolean; schemas: Schema[] } | undefined;
  /** The JSON answers of success. */
  answers: Schema[];
  isIdempotent: boolean;
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch"];
const isRef = (value: object): value is Ref => "$ref" in value;

/** What a reference within the document points at; other values as they are. Throws when it points at nothing. */
export function follow<T extends object>(document: OpenApi, value: T | Ref): T {
  let at: unknown = value;
  for (let depth = 0; typeof at === "object" && at !== null && isRef(at); depth++) {
    const { $ref } = at;
    if (depth > 20) throw new Error(`${$ref} leads to itself`);
    at = document;
    for (const part of $ref.split("/").slice(1)) {
      const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
      at = (at as Record<string, unknown>)[key];
      if (at === undefined) throw new Error(`${$ref} points at nothing`);
    }
  }
  return at as T;
}

const isJson = (type: string) => /[/+]json\b/.test(type);

/** The schemas of a body: JSON where there is such a form, else whatever there is. */
function schemasOf(content: Content = {}, isJsonOnly: boolean): Schema[] {
  const entries = Object.entries(content);
  const chosen =
    entries.some(([type]) => isJson(type)) || isJsonOnly ? entries.filter(([type]) => isJson(type)) : entries;
  return chosen.map(([, { schema }]) => schema ?? true);
}

/** All operations of a document, sorted by path and method. */
export function describe(document: OpenApi): Described[] {
  const found: Described[] = [];
  for (const path of Object.keys(document.paths).sort()) {
    const item = document.paths[path] ?? {};
    for (const method of methods) {
      if (!(method in item)) continue;
      const operation = item[method] as Operation;
      const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      const parameters = all.map((one) => follow<Parameter>(document, one));
      const body = operation.requestBody && follow<Body>(document, operation.requestBody);
      const answers = Object.entries(operation.responses ?? {})
        .filter(([status]) => status.startsWith("2"))
        .flatMap(([, answer]) => schemasOf(follow<{ content?: Content }>(document, answer).content, true));
      found.push({
        // An operation may be below a server of its own.
        name: `${method.toUpperCase()} ${operation.servers?.[0]?.url ?? ""}${path}`,
        method: method.toUpperCase(),
        operationId: operation.operationId,
        parameters,
        body: body && { isRequired: body.required === true, schemas: schemasOf(body.content, false) },
        answers,
        isIdempotent: parameters.some((one) => one.in === "header" && /^idempotency-key$/i.test(one.name)),
      });
    }
  }
  return found;
}
