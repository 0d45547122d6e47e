import { AppError, unavailable } from "#lib/errors";
import type { Message } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import { answerTokensMax, isUsedUp } from "#lib/runs/strategies/allowance";
import { heuristicScore, type Judging, judge } from "#lib/runs/strategies/evaluate";
import { parallel } from "#lib/runs/strategies/parallel";
import { type Asked, askModel, type StrategyEvent, type Task } from "#lib/runs/strategies/step";

/** Somebody who may answer, and why. */
export type Choice = { candidate: Candidate; reasoning: string };

export type RoundsSettings = {
  roundsMax: number;
  /** From 0 to 10: an answer that reaches it is good enough. */
  threshold: number;
  /** How many answers are generated at the same time in a round; the best of them is its result. 1 unless said. */
  candidates?: number;
  /** Who may answer in a round, best first; `used` are the models that answered before. */
  choose(round: number, used: ReadonlySet<string>): Choice[];
  judging?: Omit<Judging, "round">;
  /** Guesses the worth of an answer that nobody judged, instead of leaving it without a score. */
  isGuessing?: boolean;
  /** Asked before and after each round; `false` before it, or `true` after it, ends the work. */
  budget?: { begin(choices: Choice[]): Promise<boolean>; isUsedUp(): Promise<boolean> };
  /** A later round that fails leaves the best of the earlier ones, instead of failing the whole. */
  keepsBest?: boolean;
};

export type StopReason = "threshold" | "max_iterations" | "cost_limit" | "quote_limit" | "time_limit" | "failure";

/** What the rounds came to. The score is null when nobody judged the result. */
export type RoundsResult = {
  output: string;
  score: number | null;
  model: string;
  rounds: number;
  stopReason: StopReason;
};

type Attempt = { answer: Asked; score: number | null; feedback: string };
type Round = { number: number; messages: Message[]; onText?: Task["onText"] };

/** The conversation so far with the best attempt and what was wrong with the last one. */
function withFeedback(task: Task, best: string, feedback: string): Message[] {
  const wish = feedback || "Make it more complete and more precise.";
  return [
    ...task.messages,
    { role: "assistant", content: best },
    { role: "user", content: `A reviewer says: ${wish}\nAnswer my request again, better. Give only the new answer.` },
  ];
}

/** The first of the choices that answers. Throws what the last one failed with. */
async function* generateFirst(task: Task, choices: Choice[], round: Round): AsyncGenerator<StrategyEvent, Asked> {
  let last: unknown = unavailable("No model can answer at the moment.");
  let isHeard = false;
  const onText = (piece: string) => {
    isHeard = true;
    round.onText?.(piece);
  };
  // Nobody is chosen for a call that is not made.
  answerTokensMax(task, { name: "generate", messages: round.messages, round: round.number });
  for (const { candidate, reasoning } of choices) {
    const key = `model_selected:${round.number}:${task.steps?.next ?? candidate.model.name}`;
    await task.tell?.("model_selected", key, { model_name: candidate.model.name, reasoning, round: round.number });
    try {
      const { number, messages } = round;
      const heard = round.onText && onText;
      return yield* askModel(task, { name: "generate", messages, candidate, round: number, onText: heard });
    } catch (error) {
      if (!(error instanceof AppError) || task.signal.aborted || error.code === "payment_required") throw error;
      // What was heard cannot be taken back, and what is over is over.
      if (isHeard || Date.now() >= task.deadline) throw error;
      last = error;
    }
  }
  throw last;
}

async function* attempt(
  task: Task,
  choices: Choice[],
  round: Round,
  { judging, isGuessing }: RoundsSettings,
): AsyncGenerator<StrategyEvent, Attempt> {
  const answer = yield* generateFirst(task, choices, round);
  const { text, model, position = 0 } = answer;
  const tokens = answer.inputTokens + answer.outputTokens;
  const seen = { round: round.number, position };
  await task.tell?.("response_generated", `response_generated:${position}`, {
    model_name: model,
    response_preview: [...text.slice(0, 200)].slice(0, 100).join(""),
    tokens_used: tokens,
    ...seen,
  });
  const { judgement, model: evaluator } = yield* judge(task, answer, { ...judging, round: round.number });
  const guess = isGuessing ? heuristicScore(task.messages.at(-1)?.content ?? "", text) : null;
  const score = judgement?.score ?? guess;
  const feedback = judgement?.feedback ?? "";
  await task.tell?.("evaluation_completed", `evaluation_completed:${position}`, {
    evaluator_model: evaluator ?? "",
    // A program that reads numbers finds one; who looks closer sees that nobody gave it.
    score: score ?? 0,
    ...(score === null && { unscored: true }),
    feedback,
    ...seen,
  });
  return { answer, score, feedback };
}

const worth = ({ score }: { score: number | null }) => score ?? -1;

/** One round: an answer, or the best of several that are generated at the same time. */
async function* oneRound(
  task: Task,
  choices: Choice[],
  round: Round,
  settings: RoundsSettings,
): AsyncGenerator<StrategyEvent, Attempt> {
  const width = Math.max(1, Math.min(settings.candidates ?? 1, choices.length));
  if (width === 1) return yield* attempt(task, choices, round, settings);
  const counters = task.steps?.fork(width);
  const allowances = task.allowance?.fork(width);
  const ended = yield* parallel(
    Array.from({ length: width }, (_, branch) => {
      const [steps, allowance] = [counters?.[branch], allowances?.[branch]];
      const own = choices.filter((_, index) => index % width === branch);
      return attempt({ ...task, ...(steps && { steps }), ...(allowance && { allowance }) }, own, round, settings);
    }),
  );
  const good = ended.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  const failed = ended.find((end) => end.status === "rejected");
  const [first, ...others] = good;
  if (!first || (failed && !(failed.reason instanceof AppError))) throw failed?.reason;
  return others.reduce((best, one) => (worth(one) > worth(best) ? one : best), first);
}

/**
 * Selects, generates and evaluates, round by round, until an answer reaches the threshold or the rounds, the budget, the
 * quoted tokens or the time are used up. The best answer is the result. Throws when nobody answers, unless an earlier
 * round is kept.
 */
export async function* rounds(task: Task, settings: RoundsSettings): AsyncGenerator<StrategyEvent, RoundsResult> {
  const { roundsMax, threshold, budget } = settings;
  const used = new Set<string>();
  let best: Attempt | undefined;
  let feedback = "";
  const resultOf = ({ answer, score }: Attempt, done: number, stopReason: StopReason): RoundsResult => ({
    output: answer.text,
    score,
    model: answer.model,
    rounds: done,
    stopReason,
  });
  for (let done = 0; done < roundsMax; done++) {
    const choices = settings.choose(done + 1, used);
    // What was decided before a take-over stands: the steps that followed from it are there.
    if (!task.steps?.isReplaying) {
      if (best && Date.now() >= task.deadline) return resultOf(best, done, "time_limit");
      if (budget && !(await budget.begin(choices))) {
        if (best) return resultOf(best, done, "cost_limit");
        throw new AppError("payment_required", "The session's cost limit is used up.", { reason: "COST_LIMIT" });
      }
    }
    const messages = best ? withFeedback(task, best.answer.text, feedback) : task.messages;
    let last: Attempt;
    try {
      // Only of a single attempt is it known beforehand that it makes the result.
      const onText = roundsMax === 1 && (settings.candidates ?? 1) === 1 ? task.onText : undefined;
      last = yield* oneRound(task, choices, { number: done + 1, messages, onText }, settings);
    } catch (error) {
      if (!best || !(error instanceof AppError) || task.signal.aborted) throw error;
      if (isUsedUp(error)) return resultOf(best, done, "quote_limit");
      if (Date.now() >= task.deadline) return resultOf(best, done, "time_limit");
      if (settings.keepsBest) return resultOf(best, done, "failure");
      throw error;
    }
    used.add(last.answer.model);
    feedback = last.feedback;
    if (!best || worth(last) > worth(best)) best = last;
    if (worth(best) >= threshold) return resultOf(best, done + 1, "threshold");
    if (budget && !task.steps?.isReplaying && (await budget.isUsedUp())) return resultOf(best, done + 1, "cost_limit");
  }
  if (!best) throw new AppError("internal", "A refinement needs at least one round.");
  return resultOf(best, roundsMax, "max_iterations");
}
