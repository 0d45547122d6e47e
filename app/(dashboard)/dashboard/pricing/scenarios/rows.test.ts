import { expect, test } from "vitest";
import { NewScenarioSet } from "#lib/pricing/quotes/schema";
import { lineOf, readRows } from "./rows";

const first = { model: "sonnet", estimated_input: 200_000, estimated_output: 40_000, complexity: "medium" };
const rows = [
  { ...first, segment: "enterprise" },
  { model: "k2p5", estimated_input: 500, estimated_output: 0, complexity: "low", segment: "mid_market" },
];

function scenariosOf(text: string) {
  const parsed = NewScenarioSet.safeParse({ name: "set", scenarios: readRows(text) });
  return parsed.success ? parsed.data.scenarios : parsed.error.issues.map(({ message }) => message);
}

test.each([
  ["lines with commas", "sonnet, 200000, 40000, medium, enterprise\n\nk2p5,500,0,low\n"],
  [
    "a table with a head",
    "Model\tInput tokens\tOutput tokens\tComplexity\tSegment\r\nsonnet\t200,000\t40 000\tmedium\tenterprise\r\nk2p5\t500\t0\tlow\t",
  ],
  [
    "columns in another order",
    "model;segment;complexity;output;input\nsonnet;enterprise;medium;40000;200000\nk2p5;;low;0;500",
  ],
  ["a JSON array", JSON.stringify([rows[0], { ...rows[1], segment: undefined }])],
])("pasted rows are read from %s", (_, text) => {
  expect(scenariosOf(text)).toEqual(rows);
});

test("a row of the builder is read as it was", () => {
  expect(scenariosOf(rows.map((row) => lineOf({ ...first, ...row })).join("\n"))).toEqual(rows);
});

test.each([
  ["", "scenarios must have 1 to 100 items, not 0"],
  ["[1", "scenarios must be a JSON array"],
  ["opus, 1, 1, low\ngpt9, 1, 1, low", "scenarios[1]: Invalid model. Must be one of: k2p5, sonnet, opus, minimax-m2.5"],
  ["opus, -5, 1, low", "scenarios[0]: estimated_input must be a non-negative integer"],
])("what cannot be priced in %j is named with its row", (text, message) => {
  expect(scenariosOf(text)).toEqual([message]);
});
