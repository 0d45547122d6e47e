import { slotOf } from "#lib/completions/cache";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { Hold } from "#lib/ledger/schema";
import { log } from "#lib/log";
import { answeredBy, type CompletionOutcome, type FailedAttempt, noUsage, outcomeOf } from "#lib/models/completion";
import { type CallBounds, chargeOf, closeUnrecorded, holdForCall } from "#lib/models/metering";
import { forwardCompletion } from "#lib/models/passthrough";
import { reserveProviderCall } from "#lib/models/provider-limits";
import { RequestRefused } from "#lib/models/refusal";
import type { ChatCompletionRequest } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import type { Wire } from "#lib/models/wire";
import { recordCompletion } from "#lib/runs/recorder";

/** A question as one candidate is asked it. */
export type Ask = {
  candidate: Candidate;
  wire: Wire;
  /** Names the wire in cache keys. */
  protocol: string;
  body: ChatCompletionRequest;
  rawBody: string;
  headers?: Record<string, string>;
  bounds: CallBounds;
  /** Turns the answer into the caller's own protocol, where that is another one. */
  translate?(response: Response): Promise<Response>;
};

type Chain = { asks: Ask[]; cacheSeconds: number | undefined; signal: AbortSignal };

/** Whether the next model of a chain may answer where this one could not. */
function isNextWorthIt(error: unknown): boolean {
  if (error instanceof RequestRefused) return error.status === 404 || error.isTooLong;
  return error instanceof AppError && ["unavailable", "timeout", "rate_limited"].includes(error.code);
}

function knownError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("internal", "The model call failed.", { cause: error });
}

function failedAttempt({ candidate }: Ask, error: unknown, startedAt: number): FailedAttempt {
  const outcome = outcomeOf(candidate, { status: "failed", usage: noUsage, startedAt, error: knownError(error) });
  const { model, provider, simulated, latencyMs, errorCode, errorMessage } = outcome;
  return { model, provider, simulated, latencyMs, errorCode, errorMessage };
}

async function recordHit(ctx: Context, { candidate }: Ask, earlier: FailedAttempt[], startedAt: number): Promise<void> {
  const outcome = outcomeOf(candidate, { status: "completed", usage: noUsage, startedAt });
  await recordCompletion(ctx, { ...outcome, provider: "cache", costMicros: 0, earlier });
}

/** One candidate of a chain: from the cache, or from its provider under a hold of its own. */
async function answer(
  ctx: Context,
  chain: Chain,
  ask: Ask,
  earlier: FailedAttempt[],
  isLast: boolean,
): Promise<Response> {
  const { candidate } = ask;
  const startedAt = performance.now();
  const slot = chain.cacheSeconds === undefined ? undefined : slotOf(ctx, ask, ask.protocol, chain.cacheSeconds);
  const kept = await slot?.read(answeredBy(candidate));
  if (kept) {
    await recordHit(ctx, ask, earlier, startedAt);
    return kept;
  }
  let recorded: CompletionOutcome["status"] | undefined;
  const record = (outcome: CompletionOutcome, hold: Hold | null) => {
    recorded = outcome.status;
    const whole = earlier.length > 0 ? { ...outcome, earlier } : outcome;
    return recordCompletion(ctx, whole, chargeOf(hold, candidate, outcome));
  };
  const recordFailure = async (error: unknown, hold: Hold | null) => {
    const outcome = outcomeOf(candidate, { status: "failed", usage: noUsage, startedAt, error: knownError(error) });
    // The error matters more to the caller than a record that could not be written.
    await record(outcome, hold).catch((err: unknown) => log.error({ err }, "a model call was not recorded"));
  };
  const hold = await holdForCall(ctx, candidate, ask.bounds).catch(async (error: unknown) => {
    if (earlier.length > 0) await recordFailure(error, null);
    throw error;
  });
  try {
    const response = await forwardCompletion({
      ...ask,
      signal: chain.signal,
      reserve: () => reserveProviderCall(ctx.organizationId, candidate.model.provider),
      record: (outcome) => record(outcome, hold),
    });
    return slot ? slot.keep(response, () => recorded === "completed") : response;
  } catch (error) {
    if (recorded === undefined) {
      if (!isLast && isNextWorthIt(error)) await closeUnrecorded(hold);
      else await recordFailure(error, hold);
    }
    throw error;
  }
}

/**
 * Asks the candidates in their order until one answers, and stores the call as one run with a step for each that was
 * asked. Each is held for and charged by itself; one that failed costs nothing. A refusal goes to the caller in the
 * provider's own words. Throws what the last one threw.
 */
export async function answerChain(ctx: Context, chain: Chain): Promise<Response> {
  const earlier: FailedAttempt[] = [];
  for (const [index, ask] of chain.asks.entries()) {
    const startedAt = performance.now();
    const isLast = index === chain.asks.length - 1;
    try {
      const response = await answer(ctx, chain, ask, earlier, isLast);
      return ask.translate ? await ask.translate(response) : response;
    } catch (error) {
      if (isLast || !isNextWorthIt(error)) {
        if (!(error instanceof RequestRefused)) throw error;
        const refusal = error.toResponse(answeredBy(ask.candidate));
        return ask.translate ? ask.translate(refusal) : refusal;
      }
      log.warn({ requestId: ctx.requestId, model: ask.candidate.model.name }, "the next model of a chain is asked");
      earlier.push(failedAttempt(ask, error, startedAt));
    }
  }
  throw new Error("A chain needs at least one model.");
}
