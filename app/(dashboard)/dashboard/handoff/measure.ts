const charactersPerToken = 4;

export type Size = { lines: number; tokens: number };

/** How long a text is. Tokens are an estimate: models count them differently, on average four characters each. */
export function sizeOf(text: string): Size {
  if (text === "") return { lines: 0, tokens: 0 };
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return { lines, tokens: Math.ceil(text.length / charactersPerToken) };
}

/** How much of something was left out, in whole per cent, never below 0. */
export function savedPercent(before: number, after: number): number {
  return before === 0 ? 0 : Math.max(0, Math.round(100 * (1 - after / before)));
}
