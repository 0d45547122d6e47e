import { expect, test } from "vitest";
import type { Orchestration } from "#lib/orchestration/schema";
import { bestOf } from "./rounds";
import { readSettings, usualSettings } from "./settings";
import { newRunColumn, type RunAction, reduceRuns, winnerOf } from "./state";

const told = (type: string, data: object, id = 0): RunAction => ({ type: "told", id, event: { type, data } });
const opened = (id = 0): RunAction => ({ type: "opened", id, sessionId: "s", runId: "r" });

function after(...actions: RunAction[]) {
  return actions.reduce(reduceRuns, [newRunColumn(0), newRunColumn(1)]);
}

const first = [
  told("model_selected", { model_name: "gpt4", reasoning: "It is good at it.", round: 1 }),
  told("response_generated", {
    model_name: "gpt4",
    response_preview: "Half of",
    tokens_used: 12,
    round: 1,
    position: 0,
  }),
  told("evaluation_completed", { evaluator_model: "claude", score: 5, feedback: "More.", round: 1, position: 0 }),
];

const orchestration: Orchestration = {
  _id: "o",
  orchestration_id: "o",
  thread_id: "t",
  session_id: "s",
  status: "running",
  prompt: "Say hello.",
  settings: { max_iterations: 3, preferred_models: [], evaluation_threshold: 8, candidates: 1 },
  iterations: 1,
  results: [
    {
      iteration: 1,
      model_name: "gpt4",
      reasoning: "It is good at it.",
      response: "Half of the answer and the rest.",
      tokens_used: 12,
      cost: 0.002,
      evaluator_model: "claude",
      score: 5,
      feedback: "More.",
    },
  ],
  final_response: null,
  final_score: null,
  total_cost: 0.003,
  stop_reason: null,
  error: null,
  created_at: "",
  updated_at: "",
  completed_at: null,
};

const stored = (part: Partial<Orchestration>, id = 0): RunAction => ({
  type: "stored",
  id,
  orchestration: { ...orchestration, ...part },
  elapsedMs: 40,
});

test("events build the rounds of their own column: who was chosen, what was said, how it was judged", () => {
  const [column, other] = after(
    opened(),
    opened(1),
    ...first,
    told("model_selected", { model_name: "k2p5", round: 2 }),
  );
  expect(column?.rounds).toMatchObject([
    { number: 1, attempts: [{ model: "gpt4", preview: "Half of", tokens: 12, score: 5, feedback: "More." }] },
    { number: 2, attempts: [{ model: "k2p5", preview: null, score: null }] },
  ]);
  expect(other?.rounds).toEqual([]);
});

test("what is stored brings whole answers and costs to the rounds that were told, and adds those that were missed", () => {
  const second = { ...orchestration.results[0], iteration: 2, model_name: "k2p5", score: 9 };
  const results = [...orchestration.results, second] as Orchestration["results"];
  const [column] = after(opened(), ...first, stored({ results }));
  expect(column?.rounds).toMatchObject([
    { number: 1, attempts: [{ model: "gpt4", response: "Half of the answer and the rest.", cost: 0.002 }] },
    { number: 2, attempts: [{ model: "k2p5", score: 9 }] },
  ]);
  expect(column?.rounds[0]?.attempts).toHaveLength(1);
  expect(column).toMatchObject({ cost: 0.003, status: "running" });
  expect(bestOf(column?.rounds ?? [])?.model).toBe("k2p5");
});

test("answers of one round that are judged at the same time keep their own scores", () => {
  const answered = (model: string, position: number) => [
    told("model_selected", { model_name: model, reasoning: "", round: 1 }),
    told("response_generated", { model_name: model, response_preview: model, tokens_used: 1, round: 1, position }),
  ];
  const judged = (score: number, position: number) =>
    told("evaluation_completed", { evaluator_model: "opus", score, feedback: "", round: 1, position });
  const [column] = after(
    opened(),
    ...answered("gpt4", 1_000),
    ...answered("claude", 2_000),
    judged(9, 1_000),
    judged(4, 2_000),
  );
  expect(column?.rounds[0]?.attempts.map(({ model, score }) => [model, score])).toEqual([
    ["gpt4", 9],
    ["claude", 4],
  ]);
});

test("an answer that nobody could judge has no score, not zero", () => {
  const unscored = told("evaluation_completed", {
    evaluator_model: "claude",
    score: 0,
    unscored: true,
    round: 1,
    position: 0,
  });
  const [column] = after(opened(), ...first.slice(0, 2), unscored);
  expect(column?.rounds[0]?.attempts[0]).toMatchObject({ score: null, evaluator: "claude" });
});

test("a model that gives no answer leaves its place in the round to the next", () => {
  const next = told("model_selected", { model_name: "claude", reasoning: "", round: 1 });
  const [column] = after(opened(), ...first.slice(0, 1), next);
  expect(column?.rounds[0]?.attempts.map(({ model }) => model)).toEqual(["gpt4", "claude"]);
});

test("a column that fails leaves the other running, and a winner is named only when both have ended", () => {
  const ended = stored({ status: "completed", final_score: 7, final_response: "Hello" });
  const failed = stored({ status: "failed", error: "All providers are down." }, 1);
  expect(winnerOf(after(opened(), opened(1), ended))).toBeNull();
  const columns = after(opened(), opened(1), ended, failed);
  expect(columns[1]).toMatchObject({ status: "failed", failure: { message: "All providers are down." } });
  expect(winnerOf(columns)).toBe(0);
  const equal = after(opened(), opened(1), ended, stored({ status: "completed", final_score: 7 }, 1));
  expect(winnerOf(equal)).toBeNull();
});

test("settings are read within the bounds of the API, and an empty cost limit is none", () => {
  expect(readSettings(usualSettings)).toMatchObject({
    ok: true,
    settings: { threshold: 8, rounds: 3, costLimit: 0.5 },
  });
  expect(readSettings({ ...usualSettings, costLimit: "" })).toMatchObject({
    settings: { costLimit: null, quoteId: null },
  });
  expect(readSettings({ ...usualSettings, quote: "quote_1" })).toMatchObject({ settings: { quoteId: "quote_1" } });
  const wrong = readSettings({
    models: [],
    threshold: "11",
    rounds: "1.5",
    candidates: "6",
    costLimit: "0",
    quote: "",
  });
  expect(wrong.ok ? [] : Object.keys(wrong.problems)).toEqual(["threshold", "rounds", "candidates", "costLimit"]);
});
