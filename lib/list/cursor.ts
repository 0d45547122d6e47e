import type { ListField } from "#lib/list/spec";
import { readValue } from "#lib/list/values";

/** A place in a list: opaque base64 of `{"id": ...}` (contract README 5.5). */
export function encodeCursor(id: string | number): string {
  return Buffer.from(JSON.stringify({ id })).toString("base64");
}

/** The id in a cursor. Nothing for one that nobody here made: other characters, other fields, another type of id. */
export function decodeCursor(cursor: string, field: ListField): string | number | undefined {
  // A plus sign that a client did not escape arrives as a space.
  const text = cursor.trim().replaceAll(" ", "+").replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  if (!/^[A-Za-z0-9+/]+$/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length !== 1 || entries[0]?.[0] !== "id") return undefined;
  const id = readValue(field, entries[0][1]);
  if (id === undefined || typeof id === "boolean") return undefined;
  return encodeCursor(id).replace(/=+$/, "") === text ? id : undefined;
}
