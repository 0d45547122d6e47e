import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { LRUCache } from "lru-cache";
import type { FieldIssue } from "#lib/errors";
import { bounded, TooSlow } from "#lib/runtime/bounded";
import { singleton } from "#lib/singleton";

/** A schema that needs longer holds up everybody else on this process. */
const compileMs = 250;
const checkMs = 50;
const issuesMax = 20;
/** A schema that was too slow once is refused unread for so long. */
const distrustMs = 60_000;

type Check = { validate: ValidateFunction } | { problem: string };
type Held = { check: Check; distrustedUntil: number };

const held = singleton("runtime.schemas", () => new LRUCache<string, Held>({ max: 500 }));

// Formats are left as notes, as the standard has it; unknown keywords are no error. Nothing is ever fetched.
const settings = {
  strict: false,
  validateFormats: false,
  allErrors: true,
  logger: false,
} as const;

const isDraft2020 = ({ $schema }: Record<string, unknown>) =>
  typeof $schema === "string" && /\/(2019-09|2020-12)\//.test($schema);

function compile(schema: Record<string, unknown>): Check {
  const { $schema: _, ...rules } = schema;
  try {
    // A compiler of its own for each try: one that was cut off in the middle takes the schema for half compiled.
    const compiler = () => (isDraft2020(schema) ? new Ajv2020(settings) : new Ajv(settings));
    return { validate: bounded(() => compiler().compile(rules), compileMs) };
  } catch (error) {
    if (error instanceof TooSlow) return { problem: "it is too complex" };
    return { problem: error instanceof Error ? error.message.slice(0, 300) : "it cannot be used" };
  }
}

function compiled(schema: Record<string, unknown>): Held {
  const key = JSON.stringify(schema);
  const known = held.get(key);
  if (known) return known;
  const made = { check: compile(schema), distrustedUntil: 0 };
  held.set(key, made);
  return made;
}

/** What keeps a JSON Schema from being used, as a phrase for its maker; undefined when it can be. */
export function schemaProblem(schema: Record<string, unknown>): string | undefined {
  const { check } = compiled(schema);
  return "problem" in check ? check.problem : undefined;
}

function issueOf(name: string, { instancePath, keyword, params, message }: ErrorObject): FieldIssue {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const missing = keyword === "required" ? [String(params.missingProperty)] : [];
  const unknown = keyword === "additionalProperties" ? [String(params.additionalProperty)] : [];
  const field = [name, ...path, ...missing, ...unknown].join(".");
  if (missing.length > 0) return { field, message: "Required field missing" };
  if (unknown.length > 0) return { field, message: "Unknown field" };
  const allowed = keyword === "enum" ? `: ${JSON.stringify(params.allowedValues).slice(0, 200)}` : "";
  return { field, message: `${(message ?? "is not valid").replace(/^./, (first) => first.toUpperCase())}${allowed}` };
}

/**
 * What of a value breaks a JSON Schema; `name` is what the value is called, such as `input`. Takes 50 ms at most: a schema
 * that needs longer is an issue of its own.
 */
export function schemaIssues(schema: Record<string, unknown>, value: unknown, name: string): FieldIssue[] {
  const entry = compiled(schema);
  const { check } = entry;
  if ("problem" in check) return [{ field: name, message: `Cannot be checked with the schema: ${check.problem}` }];
  const slow = [{ field: name, message: "Takes too long to check with the schema of this version" }];
  if (entry.distrustedUntil > Date.now()) return slow;
  try {
    const { validate } = check;
    if (bounded(() => validate(value), checkMs)) return [];
    return (validate.errors ?? []).slice(0, issuesMax).map((error) => issueOf(name, error));
  } catch (error) {
    if (!(error instanceof TooSlow || error instanceof RangeError)) throw error;
    entry.distrustedUntil = Date.now() + distrustMs;
    return slow;
  }
}
