import { charactersOf, type Usage, usageOf } from "#lib/models/completion";
import type { Provider } from "#lib/models/providers";
import { providerFailed } from "#lib/models/upstream";

type Chunk = { choices?: unknown; usage?: unknown; error?: unknown };

/** What was learned from the chunks of a stream that went by. */
export type Seen = {
  usage: Usage | undefined;
  isDone: boolean;
  isBroken: boolean;
  /** Chunks that were passed on unread. They are read only when the stream ends without saying what it used. */
  unread: string[];
  unreadLength: number;
  characters: number;
};

export function nothingSeen(): Seen {
  return { usage: undefined, isDone: false, isBroken: false, unread: [], unreadLength: 0, characters: 0 };
}

/** So much is kept unread; a longer answer is counted on the way instead of filling the memory. */
const unreadLengthMax = 256 * 1024;

function parse(data: string): Chunk | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function countUnread(seen: Seen): void {
  for (const data of seen.unread) {
    const chunk = parse(data);
    seen.characters += chunk ? charactersOf(chunk.choices) : data.length;
  }
  seen.unread = [];
  seen.unreadLength = 0;
}

/** The characters of the answer so far, for streams that do not tell their tokens. */
export function charactersSeen(seen: Seen): number {
  countUnread(seen);
  return seen.characters;
}

/** Within JSON, quotes of a text are escaped: these are names of fields, and most chunks have neither. */
const saysMore = (data: string) =>
  data.includes('"error"') || (data.includes('"usage"') && !data.includes('"usage":null'));

/**
 * Looks at one event's data. Answers whether the caller gets it. The first chunk and those that say more than text are
 * parsed; parsing each would be the largest single cost of a stream.
 */
export function inspect(provider: Provider, hidesUsage: boolean, seen: Seen, data: string): boolean {
  if (data === "") return true;
  if (data === "[DONE]") {
    seen.isDone = true;
    return false;
  }
  const isFirst = seen.characters === 0 && seen.unread.length === 0;
  if (!isFirst && data.startsWith("{") && !saysMore(data)) {
    seen.unread.push(data);
    seen.unreadLength += data.length;
    if (seen.unreadLength > unreadLengthMax) countUnread(seen);
    return true;
  }
  const chunk = parse(data);
  if (!chunk) throw providerFailed(provider, "sent a stream that is no JSON");
  if (chunk.error) seen.isBroken = true;
  seen.characters += charactersOf(chunk.choices);
  const usage = usageOf(chunk.usage);
  if (!usage) return true;
  seen.usage = usage;
  return !(hidesUsage && Array.isArray(chunk.choices) && chunk.choices.length === 0);
}
