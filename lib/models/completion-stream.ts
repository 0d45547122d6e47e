const eventStreamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  // Reverse proxies hold small chunks back unless told otherwise.
  "x-accel-buffering": "no",
};

const encoder = new TextEncoder();
export const doneEvent = encoder.encode("data: [DONE]\n\n");

/** One Server-Sent Event with a JSON body. */
export function jsonEvent(value: unknown): Uint8Array {
  return encoder.encode(`data: ${JSON.stringify(value)}\n\n`);
}

/** An error in the middle of a stream, as OpenAI's clients understand it. */
export function errorEvent(message: string, code: string): Uint8Array {
  return jsonEvent({ error: { message, type: "server_error", param: null, code } });
}

/**
 * A response whose body is what the generator yields, pulled only as fast as the reader reads. The first piece is
 * waited for, so that a failure before it is still an ordinary error. The generator's signal tells that the reader left.
 */
export async function eventStream(
  open: (gone: AbortSignal) => AsyncGenerator<Uint8Array, void, undefined>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const reader = new AbortController();
  const pieces = open(reader.signal);
  let first: IteratorResult<Uint8Array, void> | undefined = await pieces.next();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = first ?? (await pieces.next());
        first = undefined;
        if (reader.signal.aborted) return;
        if (value) controller.enqueue(value);
        if (done) controller.close();
      },
      async cancel() {
        reader.abort();
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { ...eventStreamHeaders, ...headers } });
}
