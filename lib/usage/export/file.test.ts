import fc from "fast-check";
import { expect, test } from "vitest";
import { csvCell, fileOf, pageRowsMax } from "#lib/usage/export/file";
import type { ExportRow } from "#lib/usage/export/queries";

const row = (index: number, fields: Partial<ExportRow> = {}): ExportRow => ({
  id: String(index),
  type: "invocation",
  description: `Row ${index}`,
  value: null,
  createdAt: "2026-03-01T00:00:00.000Z",
  place: "",
  ...fields,
});

/** Serves `total` rows and counts what was asked for. */
function source(total: number) {
  const asked: number[] = [];
  const load = async (after: ExportRow | undefined) => {
    const from = after ? Number(after.id) + 1 : 0;
    asked.push(from);
    return Array.from({ length: Math.min(pageRowsMax, total - from) }, (_, index) => row(from + index));
  };
  return { asked, load };
}

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();
const rowsOnly = (rows: ExportRow[]) => async (after: ExportRow | undefined) => (after ? [] : rows);

/** RFC 4180 read back: the cells of each line. */
function readCsv(text: string): string[][] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  const lines: string[][] = [[]];
  for (const [, cell = "", end] of cells) {
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
}

test("C29 a CSV has its header, one line a row, and is quoted by RFC 4180", async () => {
  const text = await textOf(
    fileOf("csv", rowsOnly([row(1, { value: 10 }), row(2, { description: 'a "b", c\r\nd' }), row(3, { value: 2.5 })])),
  );
  expect(text).toBe(
    [
      "timestamp,type,description,value",
      "2026-03-01T00:00:00.000Z,invocation,Row 1,10",
      '2026-03-01T00:00:00.000Z,invocation,"a ""b"", c\r\nd",',
      "2026-03-01T00:00:00.000Z,invocation,Row 3,2.5",
      "",
    ].join("\r\n"),
  );
});

test("C29 a cell that a spreadsheet would run as a formula becomes a text", () => {
  const cells: [string, string][] = [
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["a=1", "a=1"],
    ["", ""],
    ["'=1", "'=1"],
  ];
  for (const [text, cell] of cells) expect(csvCell(text), JSON.stringify(text)).toBe(cell);
});

test("C29 any description comes back from a CSV as it went in, but for the apostrophe before a formula", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }), async (descriptions) => {
      const rows = descriptions.map((description, index) => row(index, { description }));
      const lines = readCsv(await textOf(fileOf("csv", rowsOnly(rows)))).slice(1);
      const read = lines.map((cells) => cells[2]);
      expect(read).toEqual(
        descriptions.map((text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text.toWellFormed()}` : text.toWellFormed())),
      );
    }),
  );
});

test.each([0, 1, 499, 500, 501, 1_700])("C29 %i rows are all in either format, each once, in order", async (total) => {
  const csv = await textOf(fileOf("csv", source(total).load));
  expect(csv.split("\r\n").slice(1, -1)).toHaveLength(total);
  const json = JSON.parse(await textOf(fileOf("json", source(total).load)));
  expect(json.map(({ description }: { description: string }) => description)).toEqual(
    Array.from({ length: total }, (_, index) => `Row ${index}`),
  );
  if (total > 0) expect(Object.keys(json[0])).toEqual(["timestamp", "type", "description", "value"]);
});

test("C29 a page is read when the reader wants it, and none any more when he has left", async () => {
  const { asked, load } = source(50_000);
  const reader = fileOf("csv", load).getReader();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([]);
  await reader.read();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([0, 500]);
  await reader.cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([0, 500]);
});

test("C29 a database that fails half way breaks the file off instead of ending it as if it were whole", async () => {
  const { load } = source(2_000);
  const failing = (after: ExportRow | undefined) => (after ? Promise.reject(new Error("gone")) : load(after));
  await expect(textOf(fileOf("json", failing))).rejects.toThrow("gone");
});
