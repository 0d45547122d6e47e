import fc from "fast-check";
import { expect, test } from "vitest";
import { compressByLevel, compressForBriefing, statsOf } from "#lib/handoff/lines";
import { levels } from "#lib/handoff/schema";

const kept = async (text: string, level: (typeof levels)[number]) => (await compressByLevel(text, level)).kept;
const numbered = (count: number, text = "A line that is long enough") =>
  Array.from({ length: count }, (_, index) => `${text} ${index + 1}`);

test("P13 medium counts characters without the blanks around them, and an emoji as one", async () => {
  const twenty = "x".repeat(20);
  const context = [twenty, `${twenty}y`, `   ${twenty}   `, "🚀".repeat(20), "🚀".repeat(21), "", `  ${twenty}z`].join(
    "\n",
  );
  expect(await kept(context, "medium")).toEqual([`${twenty}y`, "🚀".repeat(21), `  ${twenty}z`]);
});

test("P13 high keeps every line with a marker: signs with and without variation selector, words in any case", async () => {
  const marked = [
    "✅ done",
    "✅\uFE0F done",
    "⚠ careful",
    "⚠\uFE0F careful",
    "🚧 dig",
    "very IMPORTANT",
    "Critical",
    "MUST",
  ];
  const context = marked.flatMap((line) => ["a line without any sign in it", line]).join("\n");
  expect(await kept(context, "high")).toEqual(marked);
  expect(await kept("unimportant\nmustard", "high")).toEqual(["unimportant", "mustard"]);
});

test("P13 high keeps at most 12 marked lines, and without any the first 5 long ones", async () => {
  expect(await kept(numbered(20, "must").join("\n"), "high")).toEqual(numbered(12, "must"));
  expect(await kept(["short", ...numbered(9)].join("\n"), "high")).toEqual(numbered(5));
  expect(await kept("short\nlines\nonly", "high")).toEqual([]);
});

test("P13 a context of one character, of one line, of blank lines only at its end", async () => {
  for (const level of levels) {
    expect((await compressByLevel("x", level)).stats).toEqual(
      level === "low" ? statsOf(1, 1) : { original_lines: 1, compressed_lines: 0, compression_ratio: 100 },
    );
  }
  expect(await kept("a\n\n", "low")).toEqual(["a", "", ""]);
});

test("P13 the ratio is rounded half up", () => {
  expect(statsOf(450, 12).compression_ratio).toBe(97);
  expect(statsOf(200, 199).compression_ratio).toBe(1);
  expect(statsOf(1_000, 996).compression_ratio).toBe(0);
  expect(statsOf(1_000, 995).compression_ratio).toBe(1);
  expect(statsOf(3, 3).compression_ratio).toBe(0);
  expect(statsOf(8, 1).compression_ratio).toBe(88);
});

test("P8 P13 whatever the text, what is kept are its own lines in order, within the limits, and the counts agree", async () => {
  const piece = fc.constantFrom("\n", "\r\n", "✅", "⚠️", "must ", "x", "🚧 ", "a line that is long enough ", " ");
  const limit = { low: 25, medium: 15, high: 12 };
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 120 }), async (pieces) => {
      const text = pieces.join("");
      const lines = text.replaceAll("\r", "").split("\n");
      for (const level of [...levels, undefined]) {
        const { kept, stats } = level ? await compressByLevel(text, level) : await compressForBriefing(text);
        expect(kept.length).toBeLessThanOrEqual(level ? limit[level] : 15);
        expect(stats).toEqual(statsOf(lines.length, kept.length));
        expect(stats.compression_ratio).toBe(Math.max(0, Math.round(100 * (1 - kept.length / lines.length))));
        let from = 0;
        for (const line of kept) {
          const at = lines.indexOf(line, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + 1;
        }
      }
      expect((await compressForBriefing(text)).kept).toEqual(lines.slice(0, 15));
      expect(await kept(text, "low")).toEqual(lines.slice(0, 25));
    }),
  );
});

test("P13 5 MB of short lines leave the event loop free in between", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const { stats } = await compressByLevel("x\n".repeat(2_500_000), "high");
  clearInterval(timer);
  expect(stats.original_lines).toBe(2_500_001);
  expect(turns).toBeGreaterThan(10);
});
