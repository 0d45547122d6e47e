import { expect, test } from "vitest";
import { catalogue, type Model } from "#lib/models/catalogue";
import { choicesOf, rank } from "#lib/orchestration/select";

const models = (...names: string[]): Model[] => names.flatMap((name) => catalogue.filter((one) => one.name === name));
const all = catalogue;
const order = (ranked: { model: string }[]) => ranked.map(({ model }) => model);
const wish = { domain: "general", preferred: [] as string[], scores: [] };

test("X8 specialties come first, then preference, then the lower cost", () => {
  expect(order(rank(all, { ...wish, domain: "writing" })).slice(0, 4)).toEqual([
    "minimax-m2.5",
    "sonnet",
    "claude",
    "opus",
  ]);
  const preferred = ["claude", "gpt4", "minimax-m2.5"];
  expect(order(rank(models("gpt4", "claude", "minimax-m2.5"), { ...wish, domain: "Coding", preferred }))).toEqual([
    "claude",
    "gpt4",
    "minimax-m2.5",
  ]);
  expect(order(rank(models("codex", "claude"), { ...wish, domain: "legal writing", preferred: ["codex"] }))).toEqual([
    "claude",
    "codex",
  ]);
  expect(order(rank(models("gpt4", "codex", "k2p5"), { ...wish, domain: "astrology" }))).toEqual([
    "k2p5",
    "codex",
    "gpt4",
  ]);
});

test("X8 measured models change places among themselves, whatever order they came in; five answers are needed", () => {
  const scores = (codex: number, gpt4: number, scored = 5) => [
    { model: "codex", scored, average: codex },
    { model: "gpt4", scored, average: gpt4 },
  ];
  const coding = { ...wish, domain: "coding" };
  const three = models("gpt4", "codex", "k2p5");
  expect(order(rank(three, { ...coding, scores: scores(6, 9) }))).toEqual(["k2p5", "gpt4", "codex"]);
  expect(order(rank(three.toReversed(), { ...coding, scores: scores(6, 9) }))).toEqual(["k2p5", "gpt4", "codex"]);
  expect(order(rank(three, { ...coding, scores: scores(6, 9, 4) }))).toEqual(["k2p5", "codex", "gpt4"]);
});

test("X8 from the second round a model that did not answer yet comes first, and the reasoning says why", () => {
  const candidates = models("gpt4", "codex").map((model) => ({ model, provider: null }));
  const ranking = rank(models("gpt4", "codex"), { ...wish, domain: "coding", preferred: ["gpt4"] });
  const names = (used: string[]) =>
    choicesOf(ranking, candidates, new Set(used)).map(({ candidate }) => candidate.model.name);
  expect(names([])).toEqual(["gpt4", "codex"]);
  expect(names(["gpt4"])).toEqual(["codex", "gpt4"]);
  expect(names(["gpt4", "codex"])).toEqual(["gpt4", "codex"]);
  const [choice] = choicesOf(ranking, candidates, new Set());
  expect(choice?.reasoning).toBe(
    "gpt4 specializes in coding, is number 1 of the preferred models and costs $0.03 per 1000 tokens.",
  );
  expect(choicesOf(ranking, candidates, new Set(["gpt4"]))[0]?.reasoning).toContain(
    "did not answer in this run before",
  );
  expect(choicesOf(ranking, [], new Set())).toEqual([]);
});
