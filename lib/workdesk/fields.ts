import { z } from "zod";

const isMissing = (input: unknown) => input === undefined || input === null;

/** A text that must be there and not be blank; trimmed. */
export function requiredText(label: string, max: number) {
  return z
    .string({ error: ({ input }) => (isMissing(input) ? `${label} is required` : `${label} must be a string`) })
    .trim()
    .min(1, `${label} is required`)
    .max(max, `${label} must have at most ${max} characters`);
}

/** A text that may be left out or null; kept as it is. */
export function optionalText(label: string, max: number) {
  return z
    .string(`${label} must be a string`)
    .max(max, `${label} must have at most ${max} characters`)
    .nullable()
    .optional();
}

/** A whole number that must be there. Ids that nobody has are the domain's business, not a wrong type. */
export function requiredInteger(label: string) {
  return z.int({ error: ({ input }) => (isMissing(input) ? `${label} is required` : `${label} must be an integer`) });
}

/** A whole number between bounds. */
export function boundedInteger(label: string, min: number, max: number) {
  const bounds =
    max === Number.MAX_SAFE_INTEGER
      ? `${label} must be an integer of ${min} or more`
      : `${label} must be an integer from ${min} to ${max}`;
  return z.int(bounds).min(min, bounds).max(max, bounds);
}

/** One of a documented set of words. */
export function oneOf<const T extends readonly [string, ...string[]]>(label: string, words: T) {
  return z.enum(words, `${label} must be one of: ${words.join(", ")}`);
}

/** An id in a path. What cannot be one is answered like one that nobody has. */
export function pathId(thing: string) {
  return z
    .string()
    .regex(/^\d{1,15}$/, `${thing} not found`)
    .transform(Number)
    .meta({ override: { type: "integer", minimum: 1 } });
}

/** An id in a query string; a number too large for any id is one that nobody has. */
export function queryId(label: string) {
  return z
    .string()
    .regex(/^-?\d+$/, `${label} must be an integer`)
    .transform((text) => (text.length > 15 ? 0 : Number(text)))
    .meta({ override: { type: "integer" } });
}
