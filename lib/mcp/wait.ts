import { z } from "zod";
import { isDraining } from "#lib/health/service";
import type { Progress, ToolCall } from "#lib/mcp/tool";

/** How long a tool waits for an end when the client listens to its progress and says nothing of time. */
const listeningSeconds = 60;
const drainLookMs = 1_000;

export const WaitSeconds = z
  .int()
  .min(0)
  .max(300)
  .optional()
  .meta({
    description: `Seconds to wait for the end, 0 to 300. Unless said: ${listeningSeconds} when the client listens to progress, else 0: the id comes back at once.`,
  });

export const waitSecondsOf = (asked: number | undefined, progress: Progress | undefined): number =>
  asked ?? (progress ? listeningSeconds : 0);

type Followed = { event: string; data: unknown };

const valueCharactersMax = 80;
const factsShown = 6;

/** An event in one line: its name and what it says in numbers and short texts. */
export function lineOf({ event, data }: Followed): string {
  const facts = Object.entries(typeof data === "object" && data !== null ? data : {})
    .filter(([name, value]) => name !== "timestamp" && ["string", "number", "boolean"].includes(typeof value))
    .slice(0, factsShown)
    .map(([name, value]) => `${name}=${String(value).slice(0, valueCharactersMax)}`);
  return facts.length > 0 ? `${event}: ${facts.join(", ")}` : event;
}

/** Tells of each event until they end, the time is over, the client has gone, or this process is about to end. */
export async function tellUntilEnd(
  follow: (signal: AbortSignal) => AsyncIterable<Followed>,
  seconds: number,
  { signal, progress }: Pick<ToolCall<unknown>, "signal" | "progress">,
): Promise<void> {
  if (seconds === 0) return;
  const drained = new AbortController();
  // The answer still goes out; whoever gets it asks another process for the rest.
  const drain = setInterval(() => isDraining() && drained.abort(), drainLookMs);
  const over = AbortSignal.any([signal, drained.signal, AbortSignal.timeout(seconds * 1_000)]);
  try {
    for await (const event of follow(over)) await progress?.(lineOf(event));
  } finally {
    clearInterval(drain);
  }
}
