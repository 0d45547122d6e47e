import { AppError } from "#lib/errors";
import type { Answer } from "#lib/models/model-call";
import type { Message } from "#lib/models/schema";
import { evaluate } from "#lib/runs/strategies/evaluate";
import { askFirst, type Strategy, type StrategyResult, startingAt, type Task } from "#lib/runs/strategies/step";

type Settings = { roundsMax: number; threshold: number };

/** The conversation so far with the last attempt and what was wrong with it. */
function withFeedback(task: Task, best: StrategyResult, feedback: string): Message[] {
  const wish = feedback || "Make it more complete and more precise.";
  return [
    ...task.messages,
    { role: "assistant", content: best.output },
    { role: "user", content: `A reviewer says: ${wish}\nAnswer my request again, better. Give only the new answer.` },
  ];
}

/**
 * Generates and evaluates, round by round, until an answer reaches the threshold, the rounds or the time are used up.
 * Later rounds begin with another model where there is one. The best answer is the result.
 */
export async function* refine(task: Task, { roundsMax, threshold }: Settings): Strategy {
  let best: StrategyResult | undefined;
  let feedback = "";
  for (let round = 0; round < roundsMax; round++) {
    const messages = best ? withFeedback(task, best, feedback) : task.messages;
    let answer: Answer;
    try {
      answer = yield* askFirst(task, { name: "generate", messages }, startingAt(task.candidates, round));
    } catch (error) {
      // A later round that fails leaves the best of the earlier ones.
      if (best && error instanceof AppError) return best;
      throw error;
    }
    const judgement = yield* evaluate(task, answer);
    if (!best || judgement.score > best.score) {
      best = { output: answer.text, score: judgement.score, model: answer.model };
    }
    feedback = judgement.feedback;
    if (best.score >= threshold || Date.now() >= task.deadline) break;
  }
  if (!best) throw new AppError("internal", "A refinement needs at least one round.");
  return best;
}
