import ipaddr from "ipaddr.js";
import { isUuid } from "#lib/id";
import type { FieldType, ListField } from "#lib/list/spec";

const textCharactersMax = 1_000;
const numberMax = 1e15;
const timePattern = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?( ?Z|[+-]\d\d:?\d\d)?)?$/i;

/** A time as RFC 3339; a date alone means its first moment, and without a zone UTC is meant. Nothing when it is none. */
export function readTime(value: string): string | undefined {
  if (!timePattern.test(value)) return undefined;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(value.slice(10));
  const isDate = value.length === 10;
  const time = new Date(isDate || hasZone ? value : `${value}Z`);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1 || time.getUTCFullYear() > 9_999) return undefined;
  // The engine turns February 30 into March 2.
  const isReal = new Date(`${value.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(value.slice(0, 10));
  return isReal ? time.toISOString() : undefined;
}

function readAddress(value: string): string | undefined {
  const bare = value.trim();
  if (bare.includes("/")) return ipaddr.isValidCIDR(bare) ? bare : undefined;
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : undefined;
}

const words: Record<FieldType, string> = {
  text: `a text of at most ${textCharactersMax} characters`,
  integer: "a whole number",
  number: "a number",
  time: "a time such as 2026-02-01 or 2026-02-01T08:00:00Z",
  uuid: "a UUID",
  boolean: "true or false",
  address: "an IP address or a CIDR range",
};

/** What a field takes, in words. */
export const expected = (type: FieldType) => words[type];

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= numberMax;

/** A value as the database is given it, or nothing when it has the wrong type. Never guesses: "5" is no number. */
export function readValue(field: ListField, value: unknown): string | number | boolean | undefined {
  switch (field.type) {
    case "text":
      return typeof value === "string" && value.length <= textCharactersMax && !value.includes("\0")
        ? value
        : undefined;
    case "integer":
      return isNumber(value) && Number.isInteger(value) ? value : undefined;
    case "number":
      return isNumber(value) ? Number((value * (field.scale ?? 1)).toFixed(6)) : undefined;
    case "time":
      return typeof value === "string" ? readTime(value) : undefined;
    case "uuid":
      return typeof value === "string" && isUuid(value) ? value.toLowerCase() : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "address":
      return typeof value === "string" ? readAddress(value) : undefined;
  }
}

/** The value that a parameter of the query string means: there everything is text. */
export function fromText(field: ListField, text: string): unknown {
  if (field.type === "integer" || field.type === "number") {
    return /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
  }
  if (field.type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}
