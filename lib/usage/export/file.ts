import type { ExportRow } from "#lib/usage/export/queries";
import type { ExportFormat } from "#lib/usage/export/schema";

/** Rows held at a time: one page is read when the reader has taken the one before. */
export const pageRowsMax = 500;

type Page = (after: ExportRow | undefined) => Promise<ExportRow[]>;

/** A text cell by RFC 4180. One that a spreadsheet would run as a formula is made a text by an apostrophe. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvLine({ createdAt, type, description, value }: ExportRow): string {
  return `${createdAt},${csvCell(type)},${csvCell(description)},${value ?? ""}\r\n`;
}

function jsonItem({ createdAt, type, description, value }: ExportRow): string {
  return JSON.stringify({ timestamp: createdAt, type, description, value });
}

const formats: Record<
  ExportFormat,
  { head: string; page: (rows: ExportRow[], isFirst: boolean) => string; tail: string }
> = {
  csv: { head: "timestamp,type,description,value\r\n", page: (rows) => rows.map(csvLine).join(""), tail: "" },
  json: {
    head: "[\n",
    page: (rows, isFirst) => (rows.length ? `${isFirst ? "" : ",\n"}${rows.map(jsonItem).join(",\n")}` : ""),
    tail: "\n]\n",
  },
};

/**
 * A file of all rows in the format, made page by page as it is read: a slow reader slows the reading down, one that
 * leaves ends it, and no connection is held in between.
 */
export function fileOf(format: ExportFormat, loadPage: Page): ReadableStream<Uint8Array> {
  const { head, page, tail } = formats[format];
  const encoder = new TextEncoder();
  let last: ExportRow | undefined;
  return new ReadableStream(
    {
      pull: async (controller) => {
        const rows = await loadPage(last);
        const isEnd = rows.length < pageRowsMax;
        controller.enqueue(encoder.encode((last ? "" : head) + page(rows, !last) + (isEnd ? tail : "")));
        last = rows.at(-1) ?? last;
        if (isEnd) controller.close();
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 },
  );
}
