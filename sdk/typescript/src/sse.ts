/** One event of a stream: `data` is parsed JSON, else text; `id` the last one that was sent. */
export type BatonEvent = {
  id: string | undefined;
  event: string;
  // Each stream has its own shapes; the API's documents describe them.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  data: any;
};

export type ParsedEvent = { id: string | undefined; event: string; text: string };

/** Reads Server-Sent Events from text that arrives in pieces of any size. */
export class EventParser {
  /** The id of the last block that was complete, for `Last-Event-ID`. */
  lastId: string | undefined;
  #id: string | undefined;
  /** How long the server wants a client to wait before it connects again, in milliseconds. */
  retryMs: number | undefined;
  #rest = "";
  #event = "";
  #data: string[] = [];
  #isAfterReturn = false;
  #isFirst = true;

  /** The same for the next connection: what was left unfinished is forgotten, the last id is not. */
  continued(): this {
    this.#rest = "";
    this.#id = undefined;
    this.#event = "";
    this.#data = [];
    this.#isAfterReturn = false;
    this.#isFirst = true;
    return this;
  }

  /** The events that are complete with this piece. */
  push(piece: string): ParsedEvent[] {
    let text = piece;
    if (this.#isFirst && text !== "") {
      this.#isFirst = false;
      text = text.replace(/^\uFEFF/, "");
    }
    // The line feed of a pair whose return ended the last piece.
    if (this.#isAfterReturn && text.startsWith("\n")) text = text.slice(1);
    if (piece !== "") this.#isAfterReturn = piece.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#take(line) ?? []);
  }

  #take(line: string): ParsedEvent | undefined {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    else if (field === "retry" && /^\d+$/.test(value)) this.retryMs = Number(value);
    return undefined;
  }

  #dispatch(): ParsedEvent | undefined {
    this.lastId = this.#id ?? this.lastId;
    const parsed = { id: this.lastId, event: this.#event || "message", text: this.#data.join("\n") };
    const isEmpty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    return isEmpty ? undefined : parsed;
  }
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export type ReadOptions = {
  parser?: EventParser;
  /** A connection that says nothing for so long (not even a heartbeat) counts as lost, in milliseconds. */
  idleMs?: number;
};

async function withinIdle<T>(work: Promise<T>, idleMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const idle = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The stream said nothing for ${idleMs} ms.`)), idleMs);
  });
  return Promise.race([work, idle]).finally(() => clearTimeout(timer));
}

/** The events of one response, to its end. Rejects when the connection breaks off. */
export async function* readEvents(
  response: Response,
  { parser = new EventParser(), idleMs = 60_000 }: ReadOptions = {},
): AsyncGenerator<BatonEvent, void, undefined> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await withinIdle(reader.read(), idleMs);
      const events = parser.push(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      for (const { id, event, text } of events) yield { id, event, data: dataOf(text) };
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
