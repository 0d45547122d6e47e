import { evaluate } from "#lib/runs/strategies/evaluate";
import { askFirst, type Strategy, type StrategyResult, startingAt, type Task } from "#lib/runs/strategies/step";

/** Two proposals, from two models where there are two, and a judge who scores both. The better one is the result. */
export async function* debate(task: Task): Strategy {
  const first = yield* askFirst(task, { name: "generate" });
  const rival = `${task.instructions}\nTake another approach than the obvious one, and defend it.`;
  const second = yield* askFirst(task, { name: "generate", instructions: rival }, startingAt(task.candidates, 1));
  const judged: StrategyResult[] = [];
  for (const { text, model } of [first, second]) {
    const { score } = yield* evaluate(task, { text, model });
    judged.push({ output: text, score, model });
  }
  return judged.reduce((best, proposal) => (proposal.score > best.score ? proposal : best));
}
