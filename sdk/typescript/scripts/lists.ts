import { type Described, follow, type OpenApi } from "./document.ts";
import type { Schema } from "./schema.ts";

/** Where the things of a list are in its answer (a path with dots, empty for the answer itself) and how it is paged. */
export type List = { at: string; by: "cursor" | "offset" | "none"; items: Schema };

type Place = { at: string; items: Schema };

/** The array of an answer: itself, below `data`, or the only one at its top. */
function arrayIn(document: OpenApi, schema: Schema, depth = 0): Place | undefined {
  if (typeof schema === "boolean" || depth > 2) return undefined;
  const followed = follow<Exclude<Schema, boolean>>(document, schema as object);
  if (followed.type === "array") return { at: "", items: followed.items ?? true };
  const fields = Object.entries(followed.properties ?? {});
  const arrays = fields.flatMap(([name, value]) => {
    if (typeof value === "boolean") return [];
    const field = follow<Exclude<Schema, boolean>>(document, value as object);
    return field.type === "array" ? [{ at: name, items: field.items ?? true }] : [];
  });
  const data = arrays.find(({ at }) => at === "data");
  if (data || arrays.length === 1) return data ?? arrays[0];
  const inner = arrays.length === 0 ? followed.properties?.data : undefined;
  const place = inner === undefined ? undefined : arrayIn(document, inner, depth + 1);
  return place && { ...place, at: place.at === "" ? "data" : `data.${place.at}` };
}

/** What is to be known of a list to read all of it; nothing for an operation that is no list. */
export function listOf(document: OpenApi, { method, answers, parameters }: Described): List | undefined {
  const [answer] = answers;
  if (method !== "GET" || answer === undefined || answers.length > 1) return undefined;
  const place = arrayIn(document, answer);
  if (!place) return undefined;
  const query = new Set(parameters.filter((one) => one.in === "query").map(({ name }) => name));
  return { ...place, by: query.has("cursor") ? "cursor" : query.has("offset") ? "offset" : "none" };
}
