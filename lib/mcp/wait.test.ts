import { expect, test } from "vitest";
import { lineOf, tellUntilEnd, waitSecondsOf } from "#lib/mcp/wait";

const never = new AbortController().signal;

async function* endless(signal: AbortSignal) {
  for (let number = 1; !signal.aborted; number++) {
    yield { event: "step", data: { number } };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("an event becomes one line of its short facts", () => {
  const data = { model: "gpt4", score: 8, text: "x".repeat(200), timestamp: "2026-01-01", nested: { a: 1 } };
  expect(lineOf({ event: "step.completed", data })).toBe(`step.completed: model=gpt4, score=8, text=${"x".repeat(80)}`);
  expect(lineOf({ event: "run.queued", data: null })).toBe("run.queued");
});

test("a client that listens waits a minute, another one not, unless it says so", () => {
  const progress = async () => undefined;
  expect([waitSecondsOf(undefined, undefined), waitSecondsOf(undefined, progress)]).toEqual([0, 60]);
  expect([waitSecondsOf(5, undefined), waitSecondsOf(0, progress)]).toEqual([5, 0]);
});

test("waiting ends with the time, and with the client", async () => {
  const told: string[] = [];
  const progress = async (line: string) => void told.push(line);
  await tellUntilEnd(endless, 0, { signal: never, progress });
  expect(told).toEqual([]);
  await tellUntilEnd(endless, 1, { signal: never, progress });
  expect(told.slice(0, 2)).toEqual(["step: number=1", "step: number=2"]);
  const gone = new AbortController();
  const leave = async () => gone.abort();
  await tellUntilEnd(endless, 60, { signal: gone.signal, progress: leave });
  expect(gone.signal.aborted).toBe(true);
});
