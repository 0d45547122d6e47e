/** One event of a stream: the bytes it came as, its blank line included, and the text of its `data:` lines. */
export type SseEvent = { bytes: Uint8Array; data: string };

const lineFeed = 10;
const carriageReturn = 13;
/** No provider sends larger events; an upstream that never ends one must not fill the memory. */
const eventBytesMax = 8 * 1024 * 1024;

const withoutLabel = (line: string) => line.slice(line.charCodeAt(5) === 32 ? 6 : 5);

function dataOf(bytes: Buffer): string {
  const text = bytes.toString("utf8").trim();
  // Almost every event is a single `data: ...` line.
  if (text.startsWith("data:") && !text.includes("\n")) return withoutLabel(text);
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith("data:"));
  return lines.map(withoutLabel).join("\n");
}

/**
 * Cuts a byte stream into Server-Sent Events, wherever the chunks are cut. Bytes after the last blank line are kept for
 * the next chunk. Lines may end in LF or CR LF.
 */
export function createSseReader(): { push(chunk: Uint8Array): SseEvent[]; rest(): Uint8Array } {
  let held: Buffer = Buffer.alloc(0);

  return {
    rest: () => held,
    push(chunk) {
      const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      // A blank line may be cut too: look again from just before the new bytes.
      let from = Math.max(0, held.length - 3);
      const bytes = held.length === 0 ? fresh : Buffer.concat([held, fresh]);
      const events: SseEvent[] = [];
      let start = 0;
      for (let at = bytes.indexOf(lineFeed, from); at !== -1; at = bytes.indexOf(lineFeed, from)) {
        from = at + 1;
        const next = bytes[from] === carriageReturn ? from + 1 : from;
        if (bytes[next] !== lineFeed) continue;
        from = next + 1;
        const event = bytes.subarray(start, from);
        events.push({ bytes: event, data: dataOf(event) });
        start = from;
      }
      held = bytes.subarray(start);
      if (held.length > eventBytesMax) throw new Error("An event of the stream is larger than 8 MB.");
      return events;
    },
  };
}
