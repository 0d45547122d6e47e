import type { Dialect } from "#lib/http/dialect";

const hole = "\u0000";

/** Answers with `data` in a dialect's envelope, where `data` is JSON that is made in pieces while it is sent. */
export function streamData(dialect: Dialect, data: AsyncIterable<string>): Response {
  const meta = { requestId: "", method: "", path: "", now: new Date() };
  const [before = "", after = ""] = JSON.stringify(dialect.success({ data: hole }, meta)).split(JSON.stringify(hole));
  const encoder = new TextEncoder();

  async function* bytes() {
    yield encoder.encode(before);
    for await (const piece of data) yield encoder.encode(piece);
    yield encoder.encode(after);
  }
  const chunks = bytes();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}
