/** A result of more characters than that would fill a model's context. */
export const resultCharactersMax = 60_000;
/** Texts are cut to the first of these shares of the whole with which it fits. */
const shares = [3, 12, 60, 600];

/** The text without half of a character at its end, and a note of what is missing. */
function cutText(text: string, charactersMax: number, more: string): string {
  if (text.length <= charactersMax) return text;
  const kept = text.slice(0, charactersMax).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}\n… [cut: ${text.length - kept.length} more characters${more}]`;
}

function cut(value: unknown, charactersMax: number, more: string): unknown {
  if (typeof value === "string") return cutText(value, charactersMax, more);
  if (Array.isArray(value)) return value.map((item) => cut(item, charactersMax, more));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, charactersMax, more)]));
}

/** Cuts the texts of a result so far that all of it fits; `uri` is where the whole can be read. */
export function bounded<T>(result: T, uri?: string, charactersMax = resultCharactersMax): T {
  const isFitting = (value: unknown) => JSON.stringify(value).length <= charactersMax;
  if (isFitting(result)) return result;
  const more = uri ? `; read ${uri}` : "";
  let shown: unknown = result;
  for (const share of shares) {
    shown = cut(result, charactersMax / share, more);
    if (isFitting(shown)) break;
  }
  // Only texts became shorter: it is of the same shape.
  return shown as T;
}
