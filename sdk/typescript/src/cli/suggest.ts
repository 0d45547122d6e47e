/** How many letters must change to get from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that is nearest to one that is not known; nothing when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((one) => ({ one, score: one.startsWith(word) && word !== "" ? 0.5 : distance(word, one) }));
  const best = scored.sort((a, b) => a.score - b.score)[0];
  return best && best.score <= (word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3))) ? best.one : undefined;
}

/** The advice that goes with an unknown word. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const found = nearest(word, known);
  return found && `Did you mean "${found}"?`;
}
