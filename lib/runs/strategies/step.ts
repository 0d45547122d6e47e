import type { Context } from "#lib/context";
import { AppError, unavailable } from "#lib/errors";
import { generate } from "#lib/models/gateway";
import type { Charge } from "#lib/models/metering";
import type { Answer, ModelCall, ModelTool } from "#lib/models/model-call";
import type { Message } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import type { Step, StepName } from "#lib/runs/schema";

/** What a strategy tells while it works: each model call, as soon as it has ended, and what is to be charged for it. */
export type StrategyEvent = { type: "step"; step: Step; charge: Charge | null };

/** What a strategy comes to. The score is from 0 to 10. */
export type StrategyResult = { output: string; score: number; model: string };

/** A way of getting an answer out of models. It stores nothing; whoever runs it does. */
export type Strategy = AsyncGenerator<StrategyEvent, StrategyResult>;

/** What every strategy works with. */
export type Task = {
  ctx: Context;
  instructions: string;
  messages: Message[];
  /** Who may answer, the preferred one first. Never empty. */
  candidates: Candidate[];
  signal: AbortSignal;
  /** What models may use while they generate. */
  tools?: ModelTool[];
  /** On the clock of `Date.now()`: no call goes on after it. */
  deadline: number;
};

type Ask = { name: StepName; candidate: Candidate; instructions?: string; messages?: Message[] };

/** What an evaluation makes of an answer's text: a score with its reason, or nothing when it is unusable. */
export type Judgement = { score: number; feedback: string };

const untold = { output: null, score: null, feedback: null, errorCode: null, errorMessage: null };

function completedStep(name: StepName, answer: Answer, judgement: Judgement | undefined): Step {
  const { text, finishReason: _, charge: __, ...figures } = answer;
  return { ...untold, ...judgement, ...figures, name, status: "completed", output: text };
}

function unusableStep(name: StepName, answer: Answer): Step {
  const errorMessage = `${answer.model} gave no usable evaluation.`;
  return { ...completedStep(name, answer, undefined), status: "failed", errorCode: "unusable_answer", errorMessage };
}

function brokenStep({ name, candidate }: Ask, error: unknown, isCancelled: boolean, startedAt: number): Step {
  const { model, provider } = candidate;
  const known = error instanceof AppError ? error : new AppError("internal", "The model call failed.");
  const why = isCancelled
    ? { errorCode: "cancelled", errorMessage: "The call was cancelled." }
    : { errorCode: (known.reason ?? known.code).toLowerCase(), errorMessage: known.message };
  return {
    ...untold,
    ...why,
    name,
    status: isCancelled ? "cancelled" : "failed",
    model: model.name,
    provider: model.provider,
    simulated: provider === null,
    inputTokens: 0,
    outputTokens: 0,
    // Nothing was generated; that this costs nothing is known even where the price is not.
    costMicros: 0,
    latencyMs: Math.round(performance.now() - startedAt),
  };
}

/** One model call as a step of the task. Tells the step whatever becomes of it; throws what the gateway threw. */
export async function* askModel(
  task: Task,
  ask: Ask,
  judge?: (text: string) => Judgement | undefined,
): AsyncGenerator<StrategyEvent, Answer & { judgement: Judgement | undefined }> {
  const startedAt = performance.now();
  const call: ModelCall = {
    candidate: ask.candidate,
    instructions: ask.instructions ?? task.instructions,
    messages: ask.messages ?? task.messages,
    purpose: ask.name === "evaluate" ? "evaluation" : "answer",
    signal: task.signal,
    timeoutMs: task.deadline - Date.now(),
    ...(ask.name === "generate" && task.tools?.length ? { tools: task.tools } : {}),
  };
  let answer: Answer;
  try {
    answer = await generate(task.ctx, call);
  } catch (error) {
    yield { type: "step", step: brokenStep(ask, error, task.signal.aborted, startedAt), charge: null };
    throw error;
  }
  const judgement = judge?.(answer.text);
  const isUnusable = judge !== undefined && judgement === undefined;
  yield {
    type: "step",
    step: isUnusable ? unusableStep(ask.name, answer) : completedStep(ask.name, answer, judgement),
    charge: answer.charge,
  };
  return { ...answer, judgement };
}

/** Asks the first candidate, and the next of another provider when one is unavailable. */
export async function* askFirst(
  task: Task,
  ask: Omit<Ask, "candidate">,
  candidates = task.candidates,
): AsyncGenerator<StrategyEvent, Answer> {
  const down = new Set<string>();
  let last: unknown = unavailable("No model can answer at the moment.");
  for (const candidate of candidates) {
    if (down.has(candidate.model.provider)) continue;
    try {
      return yield* askModel(task, { ...ask, candidate });
    } catch (error) {
      if (!(error instanceof AppError && error.code === "unavailable")) throw error;
      down.add(candidate.model.provider);
      last = error;
    }
  }
  throw last;
}

/** The candidates with the one at `index` (counted around) first. */
export function startingAt(candidates: Candidate[], index: number): Candidate[] {
  const start = index % candidates.length;
  return [...candidates.slice(start), ...candidates.slice(0, start)];
}
