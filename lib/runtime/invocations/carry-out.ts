import { requireApp } from "#lib/apps/service";
import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { unlessMissing } from "#lib/errors";
import { microsPerCredit } from "#lib/ledger/schema";
import { refundDebit } from "#lib/ledger/service";
import { log } from "#lib/log";
import type { PackageRow } from "#lib/packages/queries";
import { realiseRun } from "#lib/pricing/realised/service";
import { recordEvent, recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { type Execution, execute } from "#lib/runs/execute";
import { completeRun } from "#lib/runs/service";
import type { Tokens } from "#lib/runs/strategies/allowance";
import { runtimeOf } from "#lib/runtime/choose";
import { closeInvocation, closeRefunded } from "#lib/runtime/invocations/queries";
import { type InvokeAnswer, invocationCredits } from "#lib/runtime/invocations/schema";
import type { RuntimeResult } from "#lib/runtime/runtime";

/** The longest a call may take, whatever its strategy. */
const callMs = 280_000;

/** `ceiling`: the tokens that a quote allows, for a call that is sold under one. */
export type Work = { runId: string; row: PackageRow; input: unknown; ceiling: Tokens | undefined };

/** What must be true together: the run's end, that the call is settled, its usage, its quote's cost and its event. */
async function settle(ctx: Context, { runId, row, ceiling }: Work, execution: Execution<RuntimeResult>): Promise<void> {
  const { output, score, model } = execution.result;
  const app = await unlessMissing(requireApp(tenant(ctx), ctx, row.agentAppId));
  const credits = invocationCredits + execution.chargedMicros / microsPerCredit;
  await transaction(ctx, async (tx) => {
    await completeRun({ ...ctx, tx }, runId, { output, score, model });
    await closeInvocation(tx, ctx, runId);
    if (ceiling) await realiseRun(tx, ctx, runId);
    const details = { model, agentAppId: row.agentAppId, runId, costMicros: providerCost(execution.steps) };
    const what = `Invocation of ${app?.name ?? "a deleted app"} v${row.version}`;
    await recordUsage(tx, ctx, "invocation", what, credits, details);
    const told = { run_id: runId, agent_app_id: row.agentAppId, package_version: row.version, model };
    await recordEvent(tx, ctx, "invocation.completed", told);
  });
}

/**
 * Gives the credits of a call back whose run ended without a result; once, however often it is called. What its model calls
 * have cost until then is written to its quote, which is free for another attempt.
 */
export async function refundInvocation(ctx: Context, runId: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const closed = await closeRefunded(tx, ctx, runId);
    if (!closed) return false;
    await realiseRun(tx, ctx, runId);
    await recordEvent(tx, ctx, "invocation.failed", { run_id: runId });
    const description = "Refund: agent invocation failed";
    await refundDebit(tx, ctx, { reference: closed.debitReference, description });
    return true;
  });
}

type Done = {
  runId: string;
  version: string;
  output: string;
  simulated: boolean;
  chargedMicros: number;
  isCutShort: boolean;
};

/** The answer of a call that is done. */
export function answerOf({ runId, version, output, simulated, chargedMicros, isCutShort }: Done): InvokeAnswer {
  return {
    output,
    package_version: version,
    credits_used: invocationCredits,
    run_id: runId,
    ...(simulated && { simulated }),
    ...(chargedMicros > 0 && { model_credits: chargedMicros / microsPerCredit }),
    ...(isCutShort && { quote_limit_reached: true as const }),
  };
}

/**
 * Carries out a call that was paid for and whose run is running. When it fails, its credits are given back and the failure
 * goes on; when giving back fails too, upkeep does it later. `stop` aborts it.
 */
export async function carryOut(ctx: Context, work: Work, stop: AbortSignal): Promise<InvokeAnswer> {
  const { runId, row, input, ceiling } = work;
  try {
    const deadline = Date.now() + callMs;
    const signal = AbortSignal.any([stop, AbortSignal.timeout(callMs)]);
    const pkg = { ...row, sha256: row.sha256.toString("hex") };
    const strategy = runtimeOf(row.manifest).invoke(ctx, pkg, { runId, input, signal, deadline, ceiling });
    const execution = await execute(ctx, runId, strategy, signal);
    await settle(ctx, work, execution);
    const { steps, chargedMicros, result } = execution;
    const simulated = steps.some((step) => step.simulated);
    const { output, isCutShort = false } = result;
    return answerOf({ runId, version: row.version, output, simulated, chargedMicros, isCutShort });
  } catch (error) {
    await refundInvocation(ctx, runId).catch((err: unknown) =>
      log.error({ err, runId }, "a call was not refunded yet"),
    );
    throw error;
  }
}
