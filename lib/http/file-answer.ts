const types = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson", json: "application/json" } as const;

/** Answers with a file that is made while it is read, named `<name>.<format>`. */
export function fileAnswer(body: ReadableStream<Uint8Array>, format: keyof typeof types, name: string): Response {
  return new Response(body, {
    headers: {
      "content-type": types[format],
      "content-disposition": `attachment; filename="${name}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
