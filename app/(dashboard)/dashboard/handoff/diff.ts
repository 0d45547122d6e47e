export type DiffLine = {
  /** From 1. */
  position: number;
  mark: "same" | "added" | "removed";
  text: string;
};

/** Longer texts are not compared: the table below grows with the product of their lines. */
const linesMax = 400;

/** What changed between two texts, line by line; nothing for texts that are too long to compare. */
export function diffLines(before: string, after: string): DiffLine[] | undefined {
  const [old, now] = [before.split("\n"), after.split("\n")];
  if (old.length > linesMax || now.length > linesMax) return undefined;
  // common[i][j]: how many lines the rests from i and j on have in common, in order.
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    const row = common[i] ?? [];
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  const add = (mark: DiffLine["mark"], text = "") => lines.push({ position: lines.length + 1, mark, text });
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add("same", old[i]);
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      add("removed", old[i]);
      i += 1;
    } else {
      add("added", now[j]);
      j += 1;
    }
  }
  return lines;
}
