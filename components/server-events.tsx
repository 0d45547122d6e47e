/** One event of a stream. `id` is what a later stream goes on after. */
export type ServerEvent = { id: string | null; event: string; data: unknown };

/** Reads Server-Sent Events out of their bytes; the heartbeats in between are left out. Throws when the data is no JSON. */
export async function* readServerEvents(body: ReadableStream<BufferSource>): AsyncGenerator<ServerEvent, void> {
  // Not `for await` over the stream itself, which Safari learned late.
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const blocks = `${rest}${piece.value}`.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    // The one who reads may stop in the middle; the connection must not outlive that.
    void reader.cancel().catch(() => undefined);
  }
}

function parse(block: string): ServerEvent | null {
  let id: string | null = null;
  let event = "message";
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ""] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (name === "id") id = value;
    else if (name === "event") event = value;
    else if (name === "data") data.push(value);
  }
  return data.length === 0 ? null : { id, event, data: JSON.parse(data.join("\n")) };
}
