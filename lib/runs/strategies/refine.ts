import { type RoundsSettings, rounds } from "#lib/runs/strategies/rounds";
import { type Strategy, startingAt, type Task } from "#lib/runs/strategies/step";

type Settings = Pick<RoundsSettings, "roundsMax" | "threshold" | "candidates" | "judging">;

/**
 * Generates and evaluates, round by round, until an answer reaches the threshold, the rounds or the time are used up.
 * Later rounds begin with another model where there is one. The best answer is the result; its worth is guessed where
 * nobody judged it.
 */
export async function* refine(task: Task, settings: Settings): Strategy {
  const { output, score, model } = yield* rounds(task, {
    ...settings,
    isGuessing: true,
    keepsBest: true,
    choose: (round) =>
      startingAt(task.candidates, round - 1).map((candidate, index) => ({
        candidate,
        reasoning:
          index === 0
            ? `${candidate.model.name} is next in the order of preference.`
            : `${candidate.model.name} is there when the ones before it fail.`,
      })),
  });
  return { output, score: score ?? 0, model };
}
