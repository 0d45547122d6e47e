import type { CompletionCall, Usage } from "#lib/models/completion";
import type { Provider } from "#lib/models/providers";

/** What was learned from the events of a stream that went by. */
export type Seen = {
  usage: Usage | undefined;
  /** Some providers tell at the beginning what the question used. */
  inputTokens: number | undefined;
  isDone: boolean;
  isBroken: boolean;
  /** Events that were passed on unread. They are read only when the stream ends without saying what it used. */
  unread: string[];
  unreadLength: number;
  characters: number;
};

export function nothingSeen(): Seen {
  return {
    usage: undefined,
    inputTokens: undefined,
    isDone: false,
    isBroken: false,
    unread: [],
    unreadLength: 0,
    characters: 0,
  };
}

/** One protocol in which callers and providers talk, as far as Baton has to understand what it passes on. */
export type Wire = {
  path(provider: Provider): string;
  headers(call: CompletionCall, provider: Provider): Record<string, string>;
  /** The body for the provider. */
  rewrite(call: CompletionCall): string;
  /** What a whole answer used; undefined when it is no answer at all. */
  usageOfWhole(call: CompletionCall, answer: object): Usage | undefined;
  /** Looks at one event's data; answers whether the caller gets it. The last event is held back: `isDone`. */
  inspect(call: CompletionCall, provider: Provider, seen: Seen, data: string): boolean;
  /** The characters that an event of the answer holds. */
  charactersOf(event: object): number;
  /** What ends a complete stream, sent when its record is stored. */
  lastEvent: Uint8Array;
  /** What ends a broken one. */
  errorEvent(message: string, code: string): Uint8Array;
};

/** So much is kept unread; a longer answer is counted on the way instead of filling the memory. */
const unreadLengthMax = 256 * 1024;

/** A JSON object, or nothing. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function countUnread(wire: Wire, seen: Seen): void {
  for (const data of seen.unread) {
    const event = parseObject(data);
    seen.characters += event ? wire.charactersOf(event) : data.length;
  }
  seen.unread = [];
  seen.unreadLength = 0;
}

/** Keeps an event that is passed on unread. */
export function keepUnread(wire: Wire, seen: Seen, data: string): void {
  seen.unread.push(data);
  seen.unreadLength += data.length;
  if (seen.unreadLength > unreadLengthMax) countUnread(wire, seen);
}

/** The characters of the answer so far, for streams that do not tell their tokens. */
export function charactersSeen(wire: Wire, seen: Seen): number {
  countUnread(wire, seen);
  return seen.characters;
}
