import { malformed } from "#lib/errors";

/** Nothing that callers mean is nested deeper. */
export const jsonDepthMax = 50;

function checkText(text: string, what: string): void {
  if (text.includes("\u0000")) throw malformed(`${what} holds a NUL character, which cannot be stored.`);
  if (!text.isWellFormed()) throw malformed(`${what} holds half of a surrogate pair, which is no valid text.`);
}

/** Refuses in a parsed JSON value what no caller can mean: NUL, lone surrogates, `__proto__` keys, nesting over 50. */
export function checkJson(value: unknown, what: string, depth = 0): void {
  if (typeof value === "string") checkText(value, what);
  if (typeof value !== "object" || value === null) return;
  if (depth >= jsonDepthMax) throw malformed(`${what} is nested deeper than ${jsonDepthMax} levels.`);
  if (Array.isArray(value)) {
    for (const item of value) checkJson(item, what, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") throw malformed(`${what} holds a __proto__ key.`);
    checkText(key, what);
    checkJson(item, what, depth + 1);
  }
}
