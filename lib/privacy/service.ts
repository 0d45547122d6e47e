import type { Context } from "#lib/context";
import { systemTransaction, type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import { newDataKey } from "#lib/privacy/encryption";
import { detectPii } from "#lib/privacy/pii";
import {
  deleteDeliveriesNaming,
  eraseExpiredRuns,
  eraseRuns,
  insertRunPrivacy,
  type RunPrivacyRow,
  selectErasable,
  selectPrivacy,
  selectRunPrivacy,
  upsertOptOut,
  upsertRetention,
} from "#lib/privacy/queries";
import type { Erased, OptedOut, OptOut, RunPrivacy } from "#lib/privacy/schema";
import { recordAudit } from "#lib/records/service";

/** How a run is treated, with the key for its output when it has one. */
export type ProtectedRun = { piiFound: string[]; key: Buffer | undefined };

/**
 * Notes how a new run is to be treated, in the transaction that stores it: looks for personal data in `task` when asked to
 * and makes the run's own key for its output. `agentId` is the name under which callers know the run.
 */
export async function protectRun(
  tx: Tx,
  ctx: Context,
  run: { runId: string; agentId: string | null; task: string; privacy: RunPrivacy },
): Promise<ProtectedRun> {
  const { runId, agentId, task, privacy } = run;
  const piiFound = privacy.detect_pii ? detectPii(task) : [];
  const made = privacy.encrypt_output ? newDataKey() : undefined;
  const row = { ...privacy, runId, agentId, sealedKey: made?.sealed ?? null, piiFound };
  await insertRunPrivacy(tx, ctx.organizationId, row);
  return { piiFound, key: made?.key };
}

/** How runs are treated, by run id; runs without wishes of their own are not in it. */
export async function privacyOfRuns(
  tx: Tx,
  ctx: Context,
  runIds: readonly string[],
): Promise<Map<string, RunPrivacyRow>> {
  const rows = runIds.length === 0 ? [] : await selectRunPrivacy(tx, ctx.organizationId, runIds);
  return new Map(rows.map((row) => [row.runId, row]));
}

/** How many days the organization keeps what was said in its runs. */
export async function getRetentionDays(ctx: Context): Promise<number> {
  return (await selectPrivacy(tenant(ctx), ctx.organizationId)).retentionDays;
}

/** Sets how many days (1 to 365) the organization keeps what was said in its runs. */
export async function setRetentionDays(ctx: Context, days: number): Promise<void> {
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw invalid([{ field: "retention_days", message: "retention_days must be a whole number from 1 to 365" }]);
  await transaction(ctx, async (tx) => {
    await upsertRetention(tx, ctx.organizationId, days);
    await recordAudit(tx, ctx, "config.change", { type: "privacy", id: ctx.organizationId }, { retention_days: days });
  });
}

/**
 * Deletes at once what an agent was asked and what it answered, wherever it is kept, and its key (contract +A5). What it used
 * and cost stays in the books. Throws `not_found`, and `conflict` while it is at work.
 */
export async function eraseAgent(ctx: Context, agentId: string): Promise<Erased> {
  // First as the tenant, so that row-level security decides what is his; emptying the feed needs Baton's own rights.
  const runIds = await transaction(ctx, async (tx) => {
    const runs = await selectErasable(tx, ctx.organizationId, agentId, isUuid(agentId) ? agentId : null);
    if (runs.length === 0) throw notFound("Agent");
    if (runs.some(({ status }) => status === "queued" || status === "running"))
      throw conflict("The agent is still at work. Cancel it before its data is deleted.", "AGENT_RUNNING");
    return runs.map(({ runId }) => runId);
  });
  const { organizationId } = ctx;
  const deleted = await systemTransaction(async (tx) => {
    const counts = await eraseRuns(tx, runIds);
    await deleteDeliveriesNaming(tx, organizationId, agentId);
    const details = { erased: true, runs: counts.runs };
    await recordAudit(tx, ctx, "config.change", { type: "agent", id: agentId }, details, "warning");
    return counts;
  });
  return { success: true, message: "Agent data deleted", agent_id: agentId, deleted };
}

/** Notes that the organization's data is used neither for training nor for analytics, or for one of them. */
export async function optOut(ctx: Context, input: OptOut): Promise<OptedOut> {
  const choice = { training: input.training ?? true, analytics: input.analytics ?? true };
  const { updatedAt } = await transaction(ctx, async (tx) => {
    const details = { opt_out: choice };
    await recordAudit(tx, ctx, "config.change", { type: "privacy", id: ctx.organizationId }, details);
    return upsertOptOut(tx, ctx.organizationId, choice);
  });
  return { success: true, opt_out: choice, updated_at: updatedAt };
}

/** Empties runs whose time is over, a thousand at a time. Answers how many. */
export async function eraseExpired(): Promise<number> {
  let erased = 0;
  for (let rounds = 0; rounds < 20; rounds++) {
    const count = await eraseExpiredRuns(1_000);
    erased += count;
    if (count === 0) break;
  }
  return erased;
}
