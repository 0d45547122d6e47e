import type { Context } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { env } from "#lib/env";
import { microsPerCredit } from "#lib/ledger/schema";
import { findCandidate, listCandidates } from "#lib/models/service";
import { recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { type Execution, execute } from "#lib/runs/execute";
import { completeRun, startRun } from "#lib/runs/service";
import { single } from "#lib/runs/strategies/single";

export type Prompt = {
  /** A name of the model list; without one the cheapest that can answer. */
  model?: string | undefined;
  prompt: string;
  instructions: string;
  /** The answer is cut after so many tokens. */
  outputTokensMax?: number | undefined;
};

/** Stores what must be true together: the run's end and its usage. */
function complete(ctx: Context, runId: string, execution: Execution): Promise<void> {
  const { output, score, model } = execution.result;
  const credits = execution.chargedMicros / microsPerCredit;
  const details = { model, runId, costMicros: providerCost(execution.steps) };
  return transaction(ctx, async (tx) => {
    await completeRun({ ...ctx, tx }, runId, { output, score, model });
    await recordUsage(tx, ctx, "invocation", `Prompt to ${model}`, credits > 0 ? credits : undefined, details);
  });
}

/**
 * Asks one model through the gateway and keeps prompt and answer as a run, which is cancelled when the caller leaves.
 * Throws `not_found` for an unknown model, and what the gateway throws; the run is then stored as failed.
 */
export async function askOnce(
  ctx: Context,
  { model, prompt, instructions, outputTokensMax }: Prompt,
  signal: AbortSignal,
): Promise<{ runId: string; execution: Execution }> {
  const candidates = model === undefined ? await listCandidates(ctx) : [await findCandidate(model, ctx)];
  const asked = { prompt, instructions };
  const named = model === undefined ? null : (candidates[0]?.model.name ?? null);
  const { id: runId } = await startRun(ctx, { kind: "completion", strategy: "single", model: named, input: asked });
  const task = {
    ctx,
    instructions,
    messages: [{ role: "user" as const, content: prompt }],
    candidates,
    signal,
    deadline: Date.now() + env().MODEL_TIMEOUT_SECONDS * 1_000,
    ...(outputTokensMax !== undefined && { outputTokensMax }),
  };
  const execution = await execute(ctx, runId, single(task), signal);
  await complete(ctx, runId, execution);
  return { runId, execution };
}
