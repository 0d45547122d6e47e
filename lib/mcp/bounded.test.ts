import { expect, test } from "vitest";
import { bounded } from "#lib/mcp/bounded";

test("what fits stays as it is", () => {
  const result = { text: "x".repeat(100), list: [1, null, true] };
  expect(bounded(result, "baton://runs/1", 1_000)).toBe(result);
});

test("long texts are cut with a note of what is missing and where it can be read", () => {
  const shown = bounded({ text: "x".repeat(5_000), count: 3 }, "baton://runs/1", 1_200);
  expect(shown.count).toBe(3);
  expect(shown.text).toBe(`${"x".repeat(400)}\n… [cut: 4600 more characters; read baton://runs/1]`);
});

test("many texts are cut shorter, until the whole fits; no character is halved", () => {
  const shown = bounded({ steps: Array.from({ length: 40 }, () => ({ output: "🙂".repeat(500) })) }, undefined, 6_000);
  expect(JSON.stringify(shown).length).toBeLessThan(6_000);
  for (const { output } of shown.steps) expect(output.isWellFormed()).toBe(true);
});
