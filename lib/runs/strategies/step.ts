import type { Context } from "#lib/context";
import { AppError, unavailable } from "#lib/errors";
import { generate, stream } from "#lib/models/gateway";
import type { Charge } from "#lib/models/metering";
import type { Answer, ModelCall, ModelTool } from "#lib/models/model-call";
import type { Message } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import { listedMicros } from "#lib/runs/cost";
import type { Step, StepName, StoredStep } from "#lib/runs/schema";
import { type Allowance, answerTokensMax } from "#lib/runs/strategies/allowance";
import type { Positions } from "#lib/runs/strategies/positions";

/**
 * What a strategy tells while it works: each model call, as soon as it has ended, and what is to be charged for it.
 * `position` is its place in the run where the task counts them; a stored step was recorded before, by another worker.
 */
export type StrategyEvent = { type: "step"; step: Step; charge: Charge | null; position?: number; stored?: StoredStep };

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
  /** Each answer is cut after so many tokens. */
  outputTokensMax?: number;
  /** The tokens that all calls together may use, where they were quoted. */
  allowance?: Allowance;
  /** Hears the result piece by piece while it is generated, where it is known beforehand which call makes it. */
  onText?: ((piece: string) => void) | undefined;
  /** Gives each call its place in the run, and knows the calls that were made before. */
  steps?: Positions;
  /** Tells followers what happens beside the steps. What has the same key is told once, however often the run is taken over. */
  tell?: (type: string, key: string, data: Record<string, unknown>) => Promise<void>;
};

/** One question of a task; what is not said is as the task says. */
export type Ask = {
  name: StepName;
  candidate: Candidate;
  instructions?: string;
  messages?: Message[];
  /** Hears the answer while it comes; for calls without tools. */
  onText?: Task["onText"];
  /** Counted from 1, where a strategy goes in rounds. */
  round?: number;
};

/** An answer with its place in the run, and what the judge made of it. */
export type Asked = Answer & { judgement: Judgement | undefined; position: number | undefined };

/** What an evaluation makes of an answer's text: a score with its reason, or nothing when it is unusable. */
export type Judgement = { score: number; feedback: string };

const untold = { output: null, score: null, feedback: null, errorCode: null, errorMessage: null, errorKind: null };

function completedStep(ask: Ask, answer: Answer, judgement?: Judgement): Step {
  const { name, candidate, round } = ask;
  const { text, finishReason: _, charge: __, ...figures } = answer;
  const listed = listedMicros(candidate.model, answer.inputTokens + answer.outputTokens);
  return {
    ...untold,
    ...judgement,
    ...figures,
    name,
    status: "completed",
    output: text,
    round: round ?? null,
    listedMicros: listed,
  };
}

function unusableStep(ask: Ask, answer: Answer): Step {
  const errorMessage = `${answer.model} gave no usable evaluation.`;
  return { ...completedStep(ask, answer), status: "failed", errorCode: "unusable_answer", errorMessage };
}

function brokenStep({ name, candidate, round }: Ask, error: unknown, isCancelled: boolean, startedAt: number): Step {
  const { model, provider } = candidate;
  const known = error instanceof AppError ? error : new AppError("internal", "The model call failed.");
  const why = isCancelled
    ? { errorCode: "cancelled", errorMessage: "The call was cancelled." }
    : { errorCode: (known.reason ?? known.code).toLowerCase(), errorMessage: known.message, errorKind: known.code };
  return {
    ...untold,
    ...why,
    name,
    round: round ?? null,
    listedMicros: 0,
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

/** Asks a model, and lets `onText` hear the answer while it comes. */
async function hear(task: Task, call: ModelCall, onText: NonNullable<Task["onText"]>): Promise<Answer> {
  const pieces = stream(task.ctx, call);
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) return value;
    onText(value);
  }
}

type Judge = (text: string) => Judgement | undefined;

/** What a call that was made before came to, without making it again. */
function* replay(stored: StoredStep, judge?: Judge): Generator<StrategyEvent, Asked> {
  const { position, model, provider, simulated, inputTokens, outputTokens, costMicros, latencyMs } = stored;
  yield { type: "step", step: stored, charge: null, position, stored };
  if (stored.status !== "completed" && stored.errorCode !== "unusable_answer")
    throw new AppError(stored.errorKind ?? "internal", stored.errorMessage ?? "The model call failed.", {
      ...(stored.errorCode && { reason: stored.errorCode.toUpperCase() }),
    });
  const text = stored.output ?? "";
  const figures = { model, provider, simulated, inputTokens, outputTokens, costMicros, latencyMs };
  return { ...figures, text, finishReason: "stop", charge: null, judgement: judge?.(text), position };
}

/**
 * One model call as a step of the task. Tells the step whatever becomes of it; throws what the gateway threw. A call that
 * the run made before is answered from its step and not made again.
 */
export async function* askModel(task: Task, ask: Ask, judge?: Judge): AsyncGenerator<StrategyEvent, Asked> {
  const position = task.steps?.take();
  const stored = position === undefined ? undefined : task.steps?.find(position);
  if (stored) {
    task.allowance?.spend(stored);
    return yield* replay(stored, judge);
  }
  const timeoutMs = task.deadline - Date.now();
  if (timeoutMs <= 0) throw new AppError("timeout", "The time of this run is over.", { reason: "RUN_TIMEOUT" });
  const outputTokensMax = answerTokensMax(task, ask);
  const startedAt = performance.now();
  const call: ModelCall = {
    candidate: ask.candidate,
    instructions: ask.instructions ?? task.instructions,
    messages: ask.messages ?? task.messages,
    purpose: ask.name === "evaluate" ? "evaluation" : "answer",
    signal: task.signal,
    timeoutMs,
    ...(ask.name === "generate" && task.tools?.length ? { tools: task.tools } : {}),
    ...(outputTokensMax === undefined ? {} : { outputTokensMax }),
  };
  const placed = position === undefined ? {} : { position };
  let answer: Answer;
  try {
    answer = ask.onText ? await hear(task, call, ask.onText) : await generate(task.ctx, call);
  } catch (error) {
    const step = brokenStep(ask, error, task.signal.aborted, startedAt);
    yield { type: "step", step, charge: null, ...placed };
    throw error;
  }
  task.allowance?.spend(answer);
  const judgement = judge?.(answer.text);
  const isUnusable = judge !== undefined && judgement === undefined;
  const step = isUnusable ? unusableStep(ask, answer) : completedStep(ask, answer, judgement);
  yield { type: "step", step, charge: answer.charge, ...placed };
  return { ...answer, judgement, position };
}

/**
 * Asks the first candidate, and the next of another provider when one is unavailable; not when something of its answer
 * was heard already, for that cannot be taken back.
 */
export async function* askFirst(
  task: Task,
  ask: Omit<Ask, "candidate">,
  candidates = task.candidates,
): AsyncGenerator<StrategyEvent, Asked> {
  const down = new Set<string>();
  let isHeard = false;
  const onText = (piece: string) => {
    isHeard = true;
    ask.onText?.(piece);
  };
  let last: unknown = unavailable("No model can answer at the moment.");
  for (const candidate of candidates) {
    if (down.has(candidate.model.provider)) continue;
    try {
      return yield* askModel(task, { ...ask, candidate, onText: ask.onText && onText });
    } catch (error) {
      if (isHeard || !(error instanceof AppError && ["unavailable", "rate_limited"].includes(error.code))) throw error;
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
