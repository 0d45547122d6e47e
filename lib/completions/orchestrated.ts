import { orchestratedStream, wholeOf } from "#lib/completions/orchestrated-answer";
import { getOwnModel, type OwnModel } from "#lib/completions/own-models";
import { taskOf } from "#lib/completions/task";
import type { Context } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { env } from "#lib/env";
import { microsPerCredit } from "#lib/ledger/schema";
import { clientGone } from "#lib/models/completion";
import type { ChatCompletionRequest } from "#lib/models/schema";
import { type Candidate, findCandidate, listCandidates } from "#lib/models/service";
import { recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { type Execution, execute } from "#lib/runs/execute";
import { completeRun, startRun } from "#lib/runs/service";
import type { StrategyEvent, StrategyResult } from "#lib/runs/strategies/step";

/** An orchestration makes several calls, each of which has the whole time limit of a call. */
const callsOfTime = 5;

/** An orchestration under way: what it was asked, and how to follow it to its stored end. */
export type Orchestration = {
  model: string;
  runId: string;
  body: ChatCompletionRequest;
  /** Works it off and stores its end. `onStep` hears of each call that was answered, once it is stored. */
  carryOut(onStep?: () => void): Promise<Execution>;
};

async function candidatesFor(ctx: Context, names: readonly string[] | undefined): Promise<Candidate[]> {
  if (!names) return listCandidates(ctx);
  return Promise.all(names.map((name) => findCandidate(name, ctx)));
}

/** Stores what must be true together: the run's end and its usage. */
function complete(ctx: Context, runId: string, name: string, execution: Execution): Promise<void> {
  const { output, score, model } = execution.result;
  const credits = execution.chargedMicros / microsPerCredit;
  const details = { model, runId, costMicros: providerCost(execution.steps) };
  return transaction(ctx, async (tx) => {
    await completeRun({ ...ctx, tx }, runId, { output, score, model });
    await recordUsage(tx, ctx, "invocation", `Completion with ${name}`, credits > 0 ? credits : undefined, details);
  });
}

/** Passes a strategy's events on and tells of each one, when whoever stores them comes back for the next. */
async function* heard(
  strategy: AsyncGenerator<StrategyEvent, StrategyResult>,
  onStep: () => void,
): AsyncGenerator<StrategyEvent, StrategyResult> {
  for (;;) {
    const { value, done } = await strategy.next();
    if (done) return value;
    yield value;
    if (value.step.status === "completed") onStep();
  }
}

async function begin(
  ctx: Context,
  own: OwnModel,
  body: ChatCompletionRequest,
  signal: AbortSignal,
): Promise<Orchestration> {
  const { instructions, messages } = taskOf(body);
  const settings = body.baton ?? {};
  const candidates = await candidatesFor(ctx, settings.models);
  const input = { messages: body.messages, settings };
  const { id: runId } = await startRun(ctx, { kind: "completion", strategy: own.strategy, model: own.name, input });
  const carryOut = async (onStep = () => {}) => {
    const deadline = Date.now() + callsOfTime * env().MODEL_TIMEOUT_SECONDS * 1_000;
    const strategy = own.begin({ ctx, instructions, messages, candidates, signal, deadline }, settings);
    const execution = await execute(ctx, runId, heard(strategy, onStep), signal);
    await complete(ctx, runId, own.name, execution);
    return execution;
  };
  return { model: own.name, runId, body, carryOut };
}

/**
 * Answers a completion with one of Baton's orchestrations, worked off as a run whose steps are charged one by one. Prompt and
 * answers are kept with the run. The run is cancelled when the caller leaves. Throws `not_found` for an unknown name,
 * `validation` for what orchestrations cannot do, and what the models' calls throw.
 */
export async function answerOrchestrated(
  ctx: Context,
  body: ChatCompletionRequest,
  signal: AbortSignal,
): Promise<Response> {
  const own = getOwnModel(body.model);
  if (body.stream) {
    const left = new AbortController();
    const orchestration = await begin(ctx, own, body, AbortSignal.any([signal, left.signal]));
    return orchestratedStream(orchestration, left);
  }
  const orchestration = await begin(ctx, own, body, signal);
  try {
    return wholeOf(orchestration, await orchestration.carryOut());
  } catch (error) {
    if (signal.aborted) return clientGone();
    throw error;
  }
}
