import { expect, test } from "vitest";
import { generateSimulated, type Prompt, simulate, streamSimulated } from "#lib/models/simulator";
import { readEvaluation } from "#lib/runs/strategies/evaluate";

const prompt: Prompt = { model: "gpt4", messages: [{ role: "user", content: "Why is the sky blue?" }] };

test("5.10 the same prompt gets the same answer, tokens and delay; another one differs", () => {
  expect(simulate(prompt)).toEqual(simulate(structuredClone(prompt)));
  const others = ["a", "b", "c", "d"].map((content) => simulate({ ...prompt, messages: [{ role: "user", content }] }));
  expect(new Set(others.map((other) => other.delayMs)).size).toBeGreaterThan(1);
});

test("5.10 it takes 0.2 to 1 s, counts four characters a token and says that it is a simulator", () => {
  for (let index = 0; index < 200; index++) {
    const answer = simulate({ ...prompt, messages: [{ role: "user", content: `question ${index}` }] });
    expect(answer.delayMs).toBeGreaterThanOrEqual(200);
    expect(answer.delayMs).toBeLessThanOrEqual(1_000);
    expect(answer.outputTokens).toBe(Math.ceil(answer.text.length / 4));
    expect(answer.inputTokens).toBe(Math.ceil(`question ${index}`.length / 4));
    expect(answer.text).toContain("simulator");
    expect(answer.text).toContain(`question ${index}`);
  }
});

test("5.10 evaluations are scores from a hash: in range, repeatable, with feedback", () => {
  const evaluation: Prompt = { ...prompt, purpose: "evaluation" };
  const judged = readEvaluation(simulate(evaluation).text);
  expect(judged).toEqual(readEvaluation(simulate(evaluation).text));
  expect(judged?.score).toBeGreaterThanOrEqual(0);
  expect(judged?.score).toBeLessThanOrEqual(10);
  expect(judged?.feedback).toContain("Simulated");
});

test("5.10 the streamed words together are the whole answer", async () => {
  const words: string[] = [];
  const stream = streamSimulated(prompt);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) words.push(next.value);

  expect(words.length).toBeGreaterThan(20);
  expect(words.join("")).toBe(simulate(prompt).text);
  expect(next.value).toEqual(simulate(prompt));
});

test("an abort ends it at once", async () => {
  const startedAt = performance.now();
  await expect(generateSimulated(prompt, AbortSignal.timeout(20))).rejects.toMatchObject({ name: "AbortError" });
  expect(performance.now() - startedAt).toBeLessThan(180);
});

test("a limit on the answer's tokens is kept and told", () => {
  expect(simulate({ ...prompt, outputTokensMax: 5 })).toMatchObject({ outputTokens: 5, finishReason: "length" });
});
