import { AppError } from "#lib/errors";
import { estimateTokens } from "#lib/models/catalogue";
import { toolTurnsMax } from "#lib/models/model-call";
import type { Ask, StrategyEvent, Task } from "#lib/runs/strategies/step";

/** Tokens that all calls of a run together may use at most. */
export type Tokens = { inputTokens: number; outputTokens: number };

/** Some providers take no smaller limit, and nothing can be said in less. */
export const leastTokens = 16;
/** What a judgement takes: a score with one or two sentences. */
const judgementTokens = 512;

export const usedUpReason = "QUOTE_USED_UP";
export const usedUpEvent = "quote_used_up";

/** Whether a call was not made because the quoted tokens did not cover it. */
export function isUsedUp(error: unknown): boolean {
  return error instanceof AppError && error.reason === usedUpReason;
}

/**
 * Counts what the calls of a run use of its quoted tokens. It knows nothing but their outcomes, so that after a take-over it
 * stands where it stood. What goes in is estimated before a call and counted after it; what comes out is cut.
 */
export class Allowance {
  readonly #whole: Allowance | undefined;
  #left: Tokens;
  #hasRefused = false;

  constructor({ inputTokens, outputTokens }: Tokens, whole?: Allowance) {
    this.#left = { inputTokens, outputTokens };
    this.#whole = whole;
  }

  get left(): Tokens {
    return { ...this.#left };
  }

  /** Whether a call was refused. */
  get hasRefused(): boolean {
    return this.#hasRefused;
  }

  /**
   * How many tokens the answer to so many characters may have. `isJudged` keeps some for its judgement; `turns` is how often
   * a model with tools may speak. Throws `payment_required` when what is left does not cover the call.
   */
  outputTokensFor(characters: number, { isJudged = false, turns = 1 } = {}): number {
    const { inputTokens, outputTokens } = this.#left;
    const kept = isJudged ? Math.max(leastTokens, Math.min(judgementTokens, Math.floor(outputTokens / 4))) : 0;
    const most = Math.floor((outputTokens - kept) / turns);
    const needed = estimateTokens(characters);
    const least = leastTokens * (isJudged ? turns + 1 : turns);
    if (needed <= inputTokens && most >= leastTokens) return most;
    this.#refuse();
    const message = `The quoted tokens are used up: ${inputTokens} input and ${outputTokens} output tokens are left, and the next call needs about ${needed} and at least ${least}.`;
    throw new AppError("payment_required", message, { reason: usedUpReason });
  }

  spend({ inputTokens, outputTokens }: Tokens): void {
    this.#left = {
      inputTokens: Math.max(0, this.#left.inputTokens - inputTokens),
      outputTokens: Math.max(0, this.#left.outputTokens - outputTokens),
    };
    this.#whole?.spend({ inputTokens, outputTokens });
  }

  /** Equal shares for branches that run at the same time, whichever of them asks first. */
  fork(branches: number): Allowance[] {
    const inputTokens = Math.floor(this.#left.inputTokens / branches);
    const outputTokens = Math.floor(this.#left.outputTokens / branches);
    return Array.from({ length: branches }, () => new Allowance({ inputTokens, outputTokens }, this));
  }

  #refuse(): void {
    this.#hasRefused = true;
    if (this.#whole) this.#whole.#refuse();
  }
}

/**
 * How many tokens an answer may have; undefined leaves it to the provider. Throws `payment_required` when the run's quoted
 * tokens do not cover the call.
 */
export function answerTokensMax(task: Task, ask: Omit<Ask, "candidate">): number | undefined {
  const { allowance, outputTokensMax } = task;
  if (!allowance) return outputTokensMax;
  const texts = [ask.instructions ?? task.instructions, ...(ask.messages ?? task.messages).map((one) => one.content)];
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const isAnswer = ask.name === "generate";
  // Only in rounds is every answer judged.
  const isJudged = isAnswer && ask.round !== undefined;
  const most = allowance.outputTokensFor(characters, {
    isJudged,
    turns: isAnswer && task.tools?.length ? toolTurnsMax : 1,
  });
  return Math.min(most, outputTokensMax ?? most);
}

/** Follows a strategy to its result and tells followers when that was cut short by the quoted tokens. */
export async function* withinAllowance<R>(
  strategy: AsyncGenerator<StrategyEvent, R>,
  allowance: Allowance | undefined,
  tell: (type: string, key: string, data: Record<string, unknown>) => Promise<void>,
): AsyncGenerator<StrategyEvent, R> {
  const result = yield* strategy;
  if (allowance?.hasRefused) {
    const { inputTokens: input_tokens_left, outputTokens: output_tokens_left } = allowance.left;
    await tell(usedUpEvent, usedUpEvent, { input_tokens_left, output_tokens_left });
  }
  return result;
}
