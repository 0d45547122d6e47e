import { expect, test } from "vitest";
import { systemContext } from "#lib/context";
import { listCandidates } from "#lib/models/service";
import type { StoredStep } from "#lib/runs/schema";
import { Positions } from "#lib/runs/strategies/positions";
import { type RoundsResult, type RoundsSettings, rounds } from "#lib/runs/strategies/rounds";
import type { StrategyEvent, Task } from "#lib/runs/strategies/step";
import type { FakeOpenAI } from "#lib/testing/fake-openai";
import { fakeForEach, judges, says } from "#lib/testing/orchestrations";

const ctx = systemContext("00000000-0000-7000-8000-000000000000");
let fake: FakeOpenAI;
fakeForEach((started) => {
  fake = started;
});

type Told = { type: string; key: string };
type Followed = { result?: RoundsResult; error?: unknown; steps: StoredStep[]; told: Told[] };

/** Follows the rounds as a worker does, from the given stored steps on, and dies after so many new ones. */
async function follow(
  settings: Partial<RoundsSettings>,
  stored: StoredStep[] = [],
  dieAfter = Number.POSITIVE_INFINITY,
): Promise<Followed> {
  const candidates = await listCandidates();
  const told: Told[] = [];
  const gone = new AbortController();
  const task: Task = {
    ctx,
    instructions: "Answer.",
    messages: [{ role: "user", content: "Explain tides." }],
    candidates,
    signal: gone.signal,
    deadline: Date.now() + 10_000,
    steps: new Positions(stored),
    tell: async (type, key) => void told.push({ type, key }),
  };
  const choose = () => candidates.map((candidate) => ({ candidate, reasoning: `${candidate.model.name} is there.` }));
  const strategy = rounds(task, { roundsMax: 3, threshold: 9, choose, ...settings });
  const steps = [...stored];
  try {
    for (let made = 0; ; ) {
      const { value, done } = await strategy.next();
      if (done) return { result: value, steps, told };
      if (!value.stored) {
        steps.push(asStored(value));
        made += 1;
      }
      if (made >= dieAfter) return { steps, told };
    }
  } catch (error) {
    return { error, steps, told };
  } finally {
    gone.abort();
  }
}

const asStored = ({ step, position = 0 }: StrategyEvent): StoredStep => ({
  ...step,
  position,
  id: String(position),
  chargedMicros: 0,
  createdAt: "",
});

test("two candidates of a round are generated at the same time; the better one is the round's result", async () => {
  // Good as an answer and as a judgement: which call comes when is not known.
  fake.script(judges(6), judges(7), judges(8), judges(9));
  const { result, steps, told } = await follow({ candidates: 2, threshold: 5 });
  const best = Math.max(...steps.map(({ score }) => score ?? 0));
  expect(result).toMatchObject({ score: best, rounds: 1, stopReason: "threshold" });
  expect(steps.map(({ position }) => position).sort((a, b) => a - b)).toEqual([0, 1, 1_000, 1_001]);
  expect(new Set(steps.filter(({ name }) => name === "generate").map(({ model }) => model))).toEqual(
    new Set(["codex", "gpt4"]),
  );
  expect(told.filter(({ type }) => type === "evaluation_completed")).toHaveLength(2);
});

test("a candidate that fails leaves its round to the others", async () => {
  fake.script({ type: "status", status: 400, body: { error: { message: "no" } } }, says("B"), judges(9));
  const { result } = await follow({ candidates: 2, roundsMax: 1 });
  expect(result).toMatchObject({ output: "B", score: 9 });
});

test.each([1, 2, 3, 4, 5, 6, 7])(
  "taken over after %i stored calls of two candidates a round: no call is made twice and the result is the same",
  async (died) => {
    const settings = { candidates: 2, roundsMax: 2, threshold: 10 };
    // Good as an answer and as a judgement: calls that were in flight at the death have used some up.
    fake.script(...Array.from({ length: 20 }, () => judges(6)));
    const first = await follow(settings, [], died);
    expect(first.steps).toHaveLength(died);
    const rest = await follow(settings, first.steps);
    expect(rest.steps).toHaveLength(8);
    expect(new Set(rest.steps.map(({ position }) => position)).size).toBe(8);
    expect(rest.result).toMatchObject({ rounds: 2, stopReason: "max_iterations" });
    const whole = fake.received.length;
    const again = await follow(settings, rest.steps);
    expect(fake.received, "everything is stored").toHaveLength(whole);
    expect(again.result).toEqual(rest.result);
    expect(new Set(again.told.map(({ key }) => key)).size).toBe(again.told.length);
  },
);

test("failed and unusable calls are replayed as what they were", async () => {
  const no = { type: "status", status: 400, body: { error: { message: "too long" } } } as const;
  fake.script(no, says("two"), says("no JSON"), says("still none"));
  const first = await follow({ roundsMax: 1 });
  expect(first.result).toMatchObject({ output: "two", score: null });
  const again = await follow({ roundsMax: 1 }, first.steps);
  expect(again.result).toEqual(first.result);
  expect(fake.received).toHaveLength(4);

  fake.script(no, no);
  const failed = await follow({ roundsMax: 1 });
  const failedAgain = await follow({ roundsMax: 1 }, failed.steps);
  expect(failed.error).toMatchObject({ code: "validation", reason: "PROVIDER_REFUSED" });
  expect(failedAgain.error).toMatchObject({ code: "validation", reason: "PROVIDER_REFUSED" });
});

test("the budget is asked before a round and after it, and not again for what is stored", async () => {
  fake.script(says("A"), judges(5), says("B"), judges(6));
  const asked: string[] = [];
  const budget = {
    begin: async () => asked.push("begin") > 0,
    isUsedUp: async () => asked.push("end") >= 4,
  };
  const { result, steps } = await follow({ budget });
  expect(result).toMatchObject({ rounds: 2, stopReason: "cost_limit", output: "B" });
  expect(asked).toEqual(["begin", "end", "begin", "end"]);
  asked.splice(0, 3);
  await follow({ budget: { begin: budget.begin, isUsedUp: async () => asked.push("end") > 0 } }, steps);
  expect(asked).toEqual(["end", "end"]);
});

test("a later round that fails fails the whole, or leaves the best of the earlier ones", async () => {
  const no = { type: "status", status: 400, body: { error: { message: "no" } } } as const;
  fake.script(says("A"), judges(5), no, no);
  expect((await follow({})).error).toMatchObject({ code: "validation" });
  fake.script(says("A"), judges(5), no, no);
  expect((await follow({ keepsBest: true })).result).toMatchObject({ output: "A", rounds: 1, stopReason: "failure" });
});
