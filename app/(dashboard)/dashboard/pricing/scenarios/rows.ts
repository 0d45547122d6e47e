const columns = ["model", "estimated_input", "estimated_output", "complexity", "segment"] as const;
type Column = (typeof columns)[number];
const numbers: readonly string[] = ["estimated_input", "estimated_output"];

/** Other names that tables use for the same columns. */
const names: Record<string, Column> = {
  input: "estimated_input",
  output: "estimated_output",
  input_tokens: "estimated_input",
  output_tokens: "estimated_output",
  estimated_input_tokens: "estimated_input",
  estimated_output_tokens: "estimated_output",
};

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);
const columnOf = (head: string) => {
  const name = head.toLowerCase().replaceAll(/[^a-z]+/g, "_");
  return isColumn(name) ? name : names[name];
};

/** Tables are copied with tabs, files come with semicolons or commas. */
function cellsOf(line: string): string[] {
  const separator = ["\t", ";"].find((one) => line.includes(one)) ?? ",";
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

const textIn = (column: Column, cell: string) => (numbers.includes(column) ? cell.replaceAll(/[\s,_']/g, "") : cell);

/**
 * Pasted rows as scenarios: a JSON array, or lines of model, input tokens, output tokens, complexity and segment, with or
 * without a head that names them. What a cell may say is the desk's to check; a segment that is left out is the usual one.
 */
export function readRows(text: string): unknown {
  const pasted = text.trim();
  if (pasted.startsWith("[")) {
    try {
      return JSON.parse(pasted);
    } catch {
      return pasted;
    }
  }
  const lines = pasted.split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [cellsOf(line)]));
  const head = lines[0]?.map(columnOf);
  const isHead = head?.[0] !== undefined;
  const order: readonly (Column | undefined)[] = isHead ? head : columns;
  return lines.slice(isHead ? 1 : 0).map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, index) => {
        const column = order[index];
        return column && cell !== "" ? [[column, textIn(column, cell)]] : [];
      }),
    ),
  );
}

type Row = Record<Column, string | number>;

/** A scenario as a line that `readRows` reads again. */
export const lineOf = (row: Row): string => columns.map((column) => row[column]).join(", ");
