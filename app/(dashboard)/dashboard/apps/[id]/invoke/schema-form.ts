import { toRecord } from "#components/request";

/** How a value is asked for. `json` is the way of everything that has no field of its own. */
export type FieldKind = "text" | "number" | "boolean" | "choice" | "list" | "json";

/** One input of a form. Values are texts, as people type them; booleans are "true", "false", or "" for left out. */
export type FormField = {
  name: string;
  title: string;
  description: string | null;
  isRequired: boolean;
  kind: FieldKind;
  /** Of a choice: each allowed value as JSON, with how it reads. */
  options: { value: string; label: string }[];
  initial: string;
  isLong: boolean;
  isWhole: boolean;
};

/** The form of an input: fields of an object, or one for a value as a whole. */
export type InputForm = { isObject: boolean; fields: FormField[] };

const shortCharactersMax = 200;

function typeOf(schema: Record<string, unknown>): unknown {
  const { type } = schema;
  return Array.isArray(type) ? type.find((each) => each !== "null") : type;
}

function kindOf(schema: Record<string, unknown>): FieldKind {
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return "choice";
  const type = typeOf(schema);
  if (type === "string") return "text";
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  return type === "array" && typeOf(toRecord(schema.items)) === "string" ? "list" : "json";
}

function initialOf(kind: FieldKind, value: unknown): string {
  if (value === undefined) return "";
  if (kind === "text") return String(value);
  if (kind === "list" && Array.isArray(value)) return value.map(String).join("\n");
  return JSON.stringify(value);
}

const readable = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

function fieldOf(name: string, given: unknown, isRequired: boolean): FormField {
  const schema = toRecord(given);
  const kind = kindOf(schema);
  const { maxLength } = schema;
  return {
    name,
    title: textOf(schema.title) ?? name,
    description: textOf(schema.description),
    isRequired,
    kind,
    options: Array.isArray(schema.enum)
      ? schema.enum.map((value) => ({ value: JSON.stringify(value), label: readable(value) }))
      : [],
    initial: initialOf(kind, schema.default),
    isLong: !(typeof maxLength === "number" && maxLength <= shortCharactersMax),
    isWhole: typeOf(schema) === "integer",
  };
}

/** The form of a manifest's inputSchema. Without one, any text is an input. */
export function formOf(schema: Record<string, unknown> | undefined): InputForm {
  if (schema === undefined)
    return { isObject: false, fields: [fieldOf("input", { type: "string", title: "Input" }, true)] };
  const properties = Object.entries(toRecord(schema.properties));
  if (typeOf(schema) !== "object" || properties.length === 0) {
    return { isObject: false, fields: [fieldOf("input", { title: "Input", ...schema }, true)] };
  }
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  // The database keeps no order of an object's names, but that of a list: what is required comes first, as it is listed.
  const rank = ([name]: [string, unknown]) => (required.includes(name) ? required.indexOf(name) : required.length);
  const ordered = properties.toSorted((left, right) => rank(left) - rank(right));
  return { isObject: true, fields: ordered.map(([name, each]) => fieldOf(name, each, required.includes(name))) };
}

export const initialValues = ({ fields }: InputForm): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));

type Read = { value: unknown } | { problem: string } | { isLeftOut: true };

function read({ kind, isRequired, isWhole }: FormField, text: string): Read {
  if (text === "" && !(kind === "text" && isRequired)) {
    if (kind === "list" && isRequired) return { value: [] };
    if (kind === "boolean" && isRequired) return { value: false };
    return isRequired ? { problem: "Required field missing" } : { isLeftOut: true };
  }
  if (kind === "text") return { value: text };
  if (kind === "list") return { value: text.split("\n").filter((line) => line.trim() !== "") };
  if (kind === "number") {
    const value = Number(text);
    if (!Number.isFinite(value) || text.trim() === "") return { problem: "Must be a number" };
    return isWhole && !Number.isInteger(value) ? { problem: "Must be a whole number" } : { value };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: "This is no valid JSON" };
  }
}

/** What was typed as the input of a call, with what is wrong by field. Rules of the schema itself are the server's to check. */
export function inputOf(
  { isObject, fields }: InputForm,
  values: Record<string, string>,
): { input: unknown; problems: Record<string, string> } {
  const input: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const found = read(field, values[field.name] ?? "");
    if ("problem" in found) problems[field.name] = found.problem;
    else if ("value" in found) input[field.name] = found.value;
  }
  return { input: isObject ? input : input.input, problems };
}
