import { afterEach, beforeEach, expect, test } from "vitest";
import { systemContext } from "#lib/context";
import { listCandidates } from "#lib/models/service";
import type { Step } from "#lib/runs/schema";
import { debate } from "#lib/runs/strategies/debate";
import { heuristicScore, readEvaluation } from "#lib/runs/strategies/evaluate";
import { refine } from "#lib/runs/strategies/refine";
import { single } from "#lib/runs/strategies/single";
import type { Strategy, StrategyResult, Task } from "#lib/runs/strategies/step";
import { team } from "#lib/runs/strategies/team";
import { type FakeOpenAI, type Script, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

const ctx = systemContext("00000000-0000-7000-8000-000000000000");
let fake: FakeOpenAI;
let second: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  second = await startFakeOpenAI();
  configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url });
});
afterEach(async () => {
  configureProviders();
  await Promise.all([fake.close(), second.close()]);
});

async function taskOf(message = "Explain tides."): Promise<Task> {
  return {
    ctx,
    instructions: "Answer.",
    messages: [{ role: "user", content: message }],
    candidates: await listCandidates(),
    signal: new AbortController().signal,
    deadline: Date.now() + 10_000,
  };
}

async function follow(strategy: Strategy): Promise<{ result: StrategyResult; steps: Step[] }> {
  const steps: Step[] = [];
  for (;;) {
    const { value, done } = await strategy.next();
    if (done) return { result: value, steps };
    steps.push(value.step);
  }
}

const says = (text: string): Script => ({ type: "completion", text });
const judges = (score: number, feedback = "more") => says(JSON.stringify({ score, feedback }));
const labels = (steps: Step[]) => steps.map(({ name, model, status }) => `${name}:${model}:${status}`);

test("single asks the first candidate once and guesses the worth", async () => {
  const { result, steps } = await follow(single(await taskOf()));

  expect(labels(steps)).toEqual(["generate:codex:completed"]);
  expect(result).toMatchObject({ output: "Hello from the fake provider.", model: "codex" });
  expect(fake.received).toHaveLength(1);
});

test("refine has another model judge the answer", async () => {
  fake.script(says("The moon."), judges(7.25, "shorter"));

  const { result, steps } = await follow(refine(await taskOf(), { roundsMax: 1, threshold: 9 }));

  expect(labels(steps)).toEqual(["generate:codex:completed", "evaluate:gpt4:completed"]);
  expect(steps[1]).toMatchObject({ score: 7.3, feedback: "shorter" });
  expect(result).toEqual({ output: "The moon.", score: 7.3, model: "codex" });
});

test("refine goes on with the feedback and another model until the rounds are used up, and keeps the best", async () => {
  fake.script(says("one"), judges(6), says("two"), judges(8, "nearly"), says("three"), judges(7));

  const { result, steps } = await follow(refine(await taskOf(), { roundsMax: 3, threshold: 9 }));

  expect(steps.filter((step) => step.name === "generate").map((step) => step.model)).toEqual([
    "codex",
    "gpt4",
    "codex",
  ]);
  expect(result).toMatchObject({ output: "two", score: 8 });
  expect(fake.received[4]?.text).toContain("nearly");
});

test("refine stops at the threshold", async () => {
  fake.script(says("one"), judges(9.5));
  const { steps } = await follow(refine(await taskOf(), { roundsMax: 3, threshold: 9 }));
  expect(steps).toHaveLength(2);
});

test("an evaluator's nonsense is asked for once more, then the heuristic decides", async () => {
  fake.script(says("The moon."), says("great answer!"), judges(8));
  const once = await follow(refine(await taskOf(), { roundsMax: 1, threshold: 9 }));
  expect(labels(once.steps)).toEqual(["generate:codex:completed", "evaluate:gpt4:failed", "evaluate:gpt4:completed"]);
  expect(once.steps[1]).toMatchObject({ errorCode: "unusable_answer", inputTokens: 11 });
  expect(once.result.score).toBe(8);

  fake.script(says("The moon."), says("great"), says('{"score": 85}'));
  const twice = await follow(refine(await taskOf(), { roundsMax: 1, threshold: 9 }));
  expect(twice.steps).toHaveLength(3);
  expect(twice.result.score).toBe(heuristicScore("Explain tides.", "The moon."));
});

test("an evaluator that is refused does not take the answer away", async () => {
  fake.script(says("The moon."), { type: "status", status: 401, body: { error: { message: "no" } } });
  const { result, steps } = await follow(refine(await taskOf(), { roundsMax: 1, threshold: 9 }));
  expect(labels(steps)).toEqual(["generate:codex:completed", "evaluate:gpt4:failed"]);
  expect(result.output).toBe("The moon.");
});

test("when a provider is down the next provider answers; the failed call is a step as well", async () => {
  configureProviders({
    OPENAI_API_KEY: "sk-openai-test",
    OPENAI_BASE_URL: fake.url,
    KIMI_API_KEY: "sk-kimi-test",
    KIMI_BASE_URL: second.url,
  });
  await second.close();

  const { result, steps } = await follow(single(await taskOf()));

  expect(labels(steps)).toEqual(["generate:k2p5:failed", "generate:codex:completed"]);
  expect(steps[0]).toMatchObject({ errorCode: "provider_error", costMicros: 0 });
  expect(result.model).toBe("codex");
});

test("when nobody answers the strategy fails as unavailable", async () => {
  await fake.close();
  await expect(follow(single(await taskOf()))).rejects.toMatchObject({ code: "unavailable" });
});

test("a team's members answer in turn, each knowing the earlier ones, and one call merges them", async () => {
  fake.script(says("PLAN"), says("CODE"), says("MERGED"), judges(9));
  const members = [
    { role: "architect", duty: "Plan." },
    { role: "developer", duty: "Build." },
  ];

  const { result, steps } = await follow(team(await taskOf(), { members, isEvaluated: true }));

  expect(steps.map((step) => step.name)).toEqual(["generate", "generate", "merge", "evaluate"]);
  expect(fake.received[1]?.text).toContain("PLAN");
  expect(fake.received[2]?.text).toContain("CODE");
  expect(result).toMatchObject({ output: "MERGED", score: 9 });
});

test("a debate has two proposals from two models; the judge's better one wins", async () => {
  fake.script(says("A"), says("B"), judges(5), judges(9));

  const { result, steps } = await follow(debate(await taskOf()));

  expect(steps.map((step) => step.name)).toEqual(["generate", "generate", "evaluate", "evaluate"]);
  expect(new Set([steps[0]?.model, steps[1]?.model]).size).toBe(2);
  expect(result).toMatchObject({ output: "B", score: 9 });
});

test("evaluations are read out of fences and sentences, and refused out of range", () => {
  expect(readEvaluation('```json\n{"score": 8, "feedback": "ok"}\n```')).toEqual({ score: 8, feedback: "ok" });
  expect(readEvaluation('Sure: {"score": 0}')).toEqual({ score: 0, feedback: "" });
  for (const text of ["", "nothing", "{}", '{"score":"8"}', '{"score":11}', '{"score":-1}', "}{"]) {
    expect(readEvaluation(text), text).toBeUndefined();
  }
});

test("the heuristic stays within its scale and gives nothing for nothing", () => {
  expect(heuristicScore("question", "  ")).toBe(0);
  for (const text of ["x", "A tide.", "Tides come from the moon. ".repeat(100)]) {
    const score = heuristicScore("Explain tides.", text);
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(10);
  }
});
