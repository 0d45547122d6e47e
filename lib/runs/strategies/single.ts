import { heuristicScore } from "#lib/runs/strategies/evaluate";
import { askFirst, type Strategy, type Task } from "#lib/runs/strategies/step";

/** One call; its worth is guessed. */
export async function* single(task: Task): Strategy {
  const answer = yield* askFirst(task, { name: "generate", onText: task.onText });
  const score = heuristicScore(task.messages.at(-1)?.content ?? "", answer.text);
  return { output: answer.text, score, model: answer.model };
}
