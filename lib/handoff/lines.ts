import { setImmediate } from "node:timers/promises";
import type { CompressStats, Level } from "#lib/handoff/schema";

const firstLines = { briefing: 15, low: 25 };
const linesMax = { medium: 15, high: 12, withoutMarkers: 5 };
const shortCharacters = 20;

// The warning sign comes with or without the variation selector U+FE0F behind it.
const marker = /✅|⚠|🚧|important|critical|must/i;

/** How much text is looked at before other requests have their turn. */
const charactersAtOnce = 128 * 1024;

/** Whether a line has more than 20 characters without the blanks around it; an emoji is one character. */
function isLong(line: string): boolean {
  const text = line.trim();
  return text.length > shortCharacters && (text.length > 2 * shortCharacters || [...text].length > shortCharacters);
}

type Visit = (line: string) => void;

/** Shows each line of a text without carriage returns. Answers how many there are. */
async function eachLine(text: string, visit: Visit): Promise<number> {
  let lines = 0;
  let start = 0;
  let pauseAt = charactersAtOnce;
  for (;;) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? undefined : end);
    visit(line.includes("\r") ? line.replaceAll("\r", "") : line);
    lines += 1;
    if (end === -1) return lines;
    start = end + 1;
    if (start > pauseAt) {
      pauseAt = start + charactersAtOnce;
      await setImmediate();
    }
  }
}

/** Collects lines that fit, up to a number of them. */
function collect(max: number, fits: (line: string) => boolean = () => true) {
  const kept: string[] = [];
  const visit: Visit = (line) => {
    if (kept.length < max && fits(line)) kept.push(line);
  };
  return { kept, visit };
}

export type Compressed = { kept: readonly string[]; stats: CompressStats };

/** How many of the lines were kept, and the percentage that was not, rounded half up in whole numbers. */
export function statsOf(originalLines: number, compressedLines: number): CompressStats {
  const left = originalLines - compressedLines;
  const ratio = Math.max(0, Math.floor((200 * left + originalLines) / (2 * originalLines)));
  return { original_lines: originalLines, compressed_lines: compressedLines, compression_ratio: ratio };
}

const compressed = (kept: readonly string[], originalLines: number): Compressed => ({
  kept,
  stats: statsOf(originalLines, kept.length),
});

/** The first 15 lines (contract P8). */
export async function compressForBriefing(text: string): Promise<Compressed> {
  const first = collect(firstLines.briefing);
  return compressed(first.kept, await eachLine(text, first.visit));
}

/** The lines that a level keeps (contract P13), in order. */
export async function compressByLevel(text: string, level: Level): Promise<Compressed> {
  if (level === "low") {
    const first = collect(firstLines.low);
    return compressed(first.kept, await eachLine(text, first.visit));
  }
  if (level === "medium") {
    const long = collect(linesMax.medium, isLong);
    return compressed(long.kept, await eachLine(text, long.visit));
  }
  const marked = collect(linesMax.high, (line) => marker.test(line));
  const long = collect(linesMax.withoutMarkers, isLong);
  const lines = await eachLine(text, (line) => {
    marked.visit(line);
    long.visit(line);
  });
  return compressed(marked.kept.length > 0 ? marked.kept : long.kept, lines);
}
