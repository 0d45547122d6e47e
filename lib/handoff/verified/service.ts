import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { env } from "#lib/env";
import { AppError, conflict, invalid } from "#lib/errors";
import type { Verification } from "#lib/handoff/schema";
import { type Checked, writeAndCheck } from "#lib/handoff/verified/strategy";
import { microsPerCredit } from "#lib/ledger/schema";
import { estimateTokens } from "#lib/models/catalogue";
import { type Candidate, listCandidates } from "#lib/models/service";
import { requireProject } from "#lib/projects/service";
import { recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { execute } from "#lib/runs/execute";
import { completeRun, startRun } from "#lib/runs/service";

/** Kept free in a model's window for instructions and its answer. */
const otherTokens = 8_000;

/** Live models only: what the simulator would write is no briefing. */
async function liveCandidates(ctx: Context): Promise<Candidate[]> {
  const all = await listCandidates(ctx).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "unavailable") return [];
    throw error;
  });
  return all.filter(({ provider }) => provider !== null);
}

function verificationOf(checked: Checked, runId: string, context: string): Verification {
  const { briefing, model, questions, answered } = checked;
  const ratio = Math.max(0, Math.round(100 * (1 - briefing.length / context.length)));
  const recall = Math.round((100 * answered) / questions) / 100;
  return { recall, questions, answered, compression_ratio: ratio, model, run_id: runId };
}

type Asked = { project_id: number; context: string };

/**
 * A briefing that a model wrote, with the share of questions on the original that it alone answers; nothing when no model
 * is configured. All calls are one run. Throws `validation` for a context that no model can read at once, `unavailable`,
 * `timeout` or `payment_required`.
 */
export async function writeVerified(
  ctx: Context,
  { project_id: projectId, context }: Asked,
  signal: AbortSignal,
): Promise<{ briefing: string; verification: Verification } | undefined> {
  if (ctx.tx)
    throw conflict("A verified hand-over asks models and cannot be repeated; send it without Idempotency-Key");
  const projectName = await requireProject(tenant(ctx), ctx, projectId);
  const live = await liveCandidates(ctx);
  if (live.length === 0) return undefined;
  const tokens = estimateTokens(context.length) + otherTokens;
  const candidates = live.filter(({ model }) => model.contextWindow === null || model.contextWindow >= tokens);
  if (candidates.length === 0) {
    const message = "context is too long for the configured models; send mode documented, or a part of it";
    throw invalid([{ field: "context", message }]);
  }
  const input = { project_id: projectId, characters: context.length };
  const { id: runId } = await startRun(ctx, { kind: "handoff", strategy: "single", model: null, input });
  const deadline = Date.now() + env().MODEL_TIMEOUT_SECONDS * 1_000;
  const task = { ctx, instructions: "", messages: [], candidates, signal, deadline };
  const execution = await execute(ctx, runId, writeAndCheck(task, { context, projectName }), signal);
  const { briefing, model } = execution.result;
  const verification = verificationOf(execution.result, runId, context);
  const credits = execution.chargedMicros / microsPerCredit;
  await transaction(ctx, async (tx) => {
    await completeRun({ ...ctx, tx }, runId, { output: briefing, score: verification.recall * 10, model });
    const details = { model, runId, costMicros: providerCost(execution.steps) };
    await recordUsage(tx, ctx, "invocation", `Hand-over with ${model}`, credits > 0 ? credits : undefined, details);
  });
  return { briefing, verification };
}
