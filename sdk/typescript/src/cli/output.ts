/** Colours and weights of a terminal. */
const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof styles;
export type Paint = (style: Style, text: string) => string;

type Stream = { isTTY?: boolean; write(text: string): boolean };

/** Colours only for a terminal, and not for those who ask for none (NO_COLOR). */
export function paintFor(stream: Stream, env: Record<string, string | undefined>): Paint {
  const isColoured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return (style, text) => (isColoured ? `\u001b[${styles[style]}m${text}\u001b[0m` : text);
}

// What a terminal would obey: text of models and servers must not move its cursor or change its title.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it is about
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text without what a terminal obeys; tabs and line feeds stay. */
export const clean = (text: string) => text.replace(/\r\n/g, "\n").replace(controls, "");

/** One cell of a table: one line, without what a terminal obeys. */
export const cell = (value: unknown) =>
  value === null || value === undefined ? "–" : clean(String(value)).replace(/\s+/g, " ").trim();

export type Column<T> = { title: string; of: (row: T) => unknown; isNumber?: boolean; style?: (row: T) => Style };

const width = (text: string) => [...text].length;

function pad(text: string, to: number, isNumber: boolean | undefined): string {
  const space = " ".repeat(Math.max(0, to - width(text)));
  return isNumber ? space + text : text + space;
}

/** Rows in aligned columns below their titles; numbers to the right. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[], paint: Paint): string {
  const texts = rows.map((row) => columns.map(({ of }) => cell(of(row))));
  const widths = columns.map(({ title }, at) => Math.max(width(title), ...texts.map((row) => width(row[at] ?? ""))));
  const head = columns.map(({ title, isNumber }, at) => paint("dim", pad(title, widths[at] ?? 0, isNumber)));
  const lines = texts.map((cells, line) =>
    cells.map((text, at) => {
      const { isNumber, style } = columns[at] ?? {};
      const padded = pad(text, widths[at] ?? 0, isNumber);
      const row = rows[line];
      return style && row !== undefined ? paint(style(row), padded) : padded;
    }),
  );
  return [head, ...lines].map((cells) => cells.join("  ").trimEnd()).join("\n");
}

/** Facts under each other: names, then what they are. What is undefined is left out. */
export function facts(pairs: readonly (readonly [string, unknown])[], paint: Paint): string {
  const shown = pairs.filter(([, value]) => value !== undefined);
  const longest = Math.max(0, ...shown.map(([name]) => width(name)));
  return shown.map(([name, value]) => `${paint("dim", pad(name, longest, false))}  ${cell(value)}`).join("\n");
}

/** Where the program writes: results to standard output, progress and notes beside it. */
export class Output {
  readonly isJson: boolean;
  readonly paint: Paint;
  readonly paintNote: Paint;
  readonly #out: Stream;
  readonly #notes: Stream;

  constructor(out: Stream, notes: Stream, env: Record<string, string | undefined>, isJson: boolean) {
    this.#out = out;
    this.#notes = notes;
    this.isJson = isJson;
    this.paint = paintFor(out, env);
    this.paintNote = paintFor(notes, env);
  }

  /** A piece of an answer, as it comes. */
  piece(text: string): void {
    this.#out.write(clean(text));
  }

  /** A line of the program's own words, which may be coloured. */
  line(text: string): void {
    this.#out.write(`${text}\n`);
  }

  /** One document. */
  document(value: unknown): void {
    this.#out.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** One line of a stream of JSON. */
  record(value: unknown): void {
    this.#out.write(`${JSON.stringify(value)}\n`);
  }

  /** The result: the document for programs, else what `show` makes of it for people. */
  result(value: unknown, show: () => string): void {
    if (this.isJson) this.document(value);
    else this.line(show());
  }

  /** Progress, or something to know; never among the results. */
  note(text: string): void {
    this.#notes.write(`${text}\n`);
  }
}
