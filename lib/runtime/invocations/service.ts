import { type Context, systemContext } from "#lib/context";
import { system, type Tx, tenant, transaction } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { AppError, conflict, invalid, notFound } from "#lib/errors";
import { isUuid, uuidv7 } from "#lib/id";
import { debitCredits } from "#lib/ledger/service";
import { log } from "#lib/log";
import type { PackageRow } from "#lib/packages/queries";
import { requirePackage } from "#lib/packages/service";
import { attachWork, type Ceiling } from "#lib/pricing/realised/service";
import { enqueue } from "#lib/queue/enqueue";
import type { NewRun } from "#lib/runs/schema";
import { queueRun, startRun } from "#lib/runs/service";
import { isDeclarative } from "#lib/runtime/choose";
import { leastWork, strategyOf } from "#lib/runtime/declarative";
import { schemaIssues } from "#lib/runtime/input-schema";
import { answerOf, carryOut, refundInvocation } from "#lib/runtime/invocations/carry-out";
import { invocationQueue } from "#lib/runtime/invocations/job";
import {
  forgetOldKey,
  insertInvocation,
  type Mode,
  selectByKey,
  selectCurrent,
  selectInvocation,
  selectUnsettled,
} from "#lib/runtime/invocations/queries";
import {
  type Invoke,
  type InvokeAnswer,
  invocationCredits,
  type QueuedInvocation,
} from "#lib/runtime/invocations/schema";

const unsettledPerRound = 200;
const never = new AbortController().signal;

/** A retry's key, and the hash of the body it stands for. */
export type Retry = { key: string; bodyHash: Buffer };

type Deployed = { row: PackageRow; deploymentId: string | null };

/** The version that answers calls of the app now. Throws `not_found`, and `conflict` when none does. */
async function requireDeployed(ctx: Context, appId: string): Promise<Deployed> {
  const current = isUuid(appId) ? await selectCurrent(tenant(ctx), ctx, appId) : undefined;
  if (!current) throw notFound("Agent app");
  if (!current.packageId) throw conflict("This app has no deployed package. Deploy one first.", "NOT_DEPLOYED");
  const row = await requirePackage(tenant(ctx), ctx, appId, current.packageId);
  return { row, deploymentId: current.deploymentId };
}

function newRun({ manifest }: PackageRow, input: unknown): NewRun {
  const declared = isDeclarative(manifest) ? manifest : undefined;
  const strategy = declared ? strategyOf(declared).name : "single";
  return { kind: "invocation", strategy, model: declared?.model ?? null, input };
}

/** The key of a retry stands for another call: nothing of this one may stay. */
class Known extends Error {}

type Asked = Pick<Invoke, "input" | "quote_id">;
type Opened = { runId: string; ceiling: Ceiling | undefined };

/** Puts a call under its quote. Throws what `attachWork` throws. */
async function sell(
  tx: Tx,
  ctx: Context,
  runId: string,
  { manifest }: PackageRow,
  { input, quote_id: quoteId }: Asked,
) {
  if (quoteId === undefined || !isDeclarative(manifest)) return undefined;
  return attachWork(tx, ctx, { quoteId, runId, ...leastWork(manifest, input) });
}

/** Pays for a call and makes its run, in one transaction that is committed before any model is asked. */
async function open(
  ctx: Context,
  deployed: Deployed,
  asked: Asked,
  mode: Mode,
  retry: Retry | undefined,
): Promise<Opened> {
  const { row, deploymentId } = deployed;
  const { input } = asked;
  return transaction(ctx, async (tx) => {
    const within = { ...ctx, tx };
    const appId = row.agentAppId;
    if (retry) await forgetOldKey(tx, ctx, appId, retry.key);
    let runId = uuidv7();
    if (mode === "queued") await queueRun(within, runId, newRun(row, input));
    else runId = (await startRun(within, newRun(row, input))).id;
    const debitReference = `invocation:${runId}`;
    const owned = { runId, agentAppId: appId, packageId: row.id, version: row.version, deploymentId, debitReference };
    const keyed = { idempotencyKey: retry?.key ?? null, bodyHash: retry?.bodyHash ?? null };
    if ((await insertInvocation(tx, ctx, { ...owned, ...keyed, mode })) === 0) throw new Known();
    const ceiling = await sell(tx, ctx, runId, row, asked);
    const { organizationId } = ctx;
    if (mode === "queued") await enqueue(tx, invocationQueue, [{ organizationId, appId, runId }]);
    // Last: it locks the organization's credits until the end of the transaction.
    const debit = { amount: invocationCredits, description: "Agent invocation", reference: debitReference };
    await debitCredits(tx, ctx, debit);
    return { runId, ceiling };
  });
}

async function openOrFind(
  ctx: Context,
  deployed: Deployed,
  asked: Asked,
  mode: Mode,
  retry: Retry | undefined,
): Promise<Opened & { isReplay: boolean }> {
  try {
    return { ...(await open(ctx, deployed, asked, mode, retry)), isReplay: false };
  } catch (error) {
    if (!(error instanceof Known) || !retry) throw error;
    const known = await selectByKey(tenant(ctx), ctx, deployed.row.agentAppId, retry.key);
    if (!known)
      throw conflict("A request with this Idempotency-Key has just ended. Send it again.", "IDEMPOTENCY_RUNNING");
    if (!known.bodyHash.equals(retry.bodyHash))
      throw new AppError("conflict", "Idempotency key payload mismatch", { reason: "IDEMPOTENCY_MISMATCH" });
    return { runId: known.runId, ceiling: undefined, isReplay: true };
  }
}

/** A call that was paid for. `result` settles when it is done; it goes on to its end whoever waits for it. */
export type Invoked = { runId: string; version: string; isReplay: boolean; result: Promise<InvokeAnswer> };

async function replayed(ctx: Context, appId: string, runId: string): Promise<InvokeAnswer> {
  const row = await selectInvocation(tenant(ctx), ctx, appId, runId);
  if (row?.status === "completed" && row.output !== null) return answerOf({ ...row, output: row.output });
  throw conflict("A request with this Idempotency-Key is still running", "IDEMPOTENCY_RUNNING");
}

/**
 * Calls the deployed version of an app. Throws, with nothing paid: `not_found`, `conflict` when nothing is deployed,
 * `validation` naming the field of the input, `payment_required`, and what `attachWork` throws for its quote. What goes wrong
 * later gives the credits back.
 */
export async function invoke(
  ctx: Context,
  appId: string,
  asked: Asked,
  mode: "sync" | "stream",
  retry?: Retry,
): Promise<Invoked> {
  const deployed = await checked(ctx, appId, asked);
  const { row } = deployed;
  const { runId, ceiling, isReplay } = await openOrFind(ctx, deployed, asked, mode, retry);
  const work = { runId, row, input: asked.input, ceiling };
  const result = isReplay ? replayed(ctx, appId, runId) : carryOut(ctx, work, never);
  // Whoever waits hears of a failure; when nobody does, it is stored with the run.
  result.catch((err: unknown) => log.info({ err, runId }, "a call failed"));
  return { runId, version: row.version, isReplay, result };
}

async function checked(ctx: Context, appId: string, { input, quote_id: quoteId }: Asked): Promise<Deployed> {
  const deployed = await requireDeployed(ctx, appId);
  const { manifest } = deployed.row;
  if (quoteId !== undefined && !isDeclarative(manifest)) {
    const message =
      "Leave quote_id out: an external runtime carries out this version, and Baton can neither limit nor price its tokens.";
    throw invalid([{ field: "quote_id", message }]);
  }
  const schema = manifest.inputSchema;
  const issues = schema ? schemaIssues(schema, input, "input") : [];
  if (issues.length > 0) throw invalid(issues, "The input does not match the schema of this version");
  return deployed;
}

/** Pays for a call and leaves it to a worker. Throws as `invoke` does. */
export async function queueInvocation(
  ctx: Context,
  appId: string,
  asked: Asked,
  retry?: Retry,
): Promise<{ answer: QueuedInvocation; isReplay: boolean }> {
  const deployed = await checked(ctx, appId, asked);
  const { runId, isReplay } = await openOrFind(ctx, deployed, asked, "queued", retry);
  const status_url = `${publicUrl()}/api/agent-apps/${appId}/invocations/${runId}`;
  const { version } = deployed.row;
  const answer = { run_id: runId, package_version: version, credits_used: invocationCredits, status_url } as const;
  return { answer: { ...answer, status: "queued" }, isReplay };
}

/** Upkeep: gives credits back for calls whose process died. Answers how many. */
export async function settleInterrupted(): Promise<number> {
  const rows = await selectUnsettled(system, unsettledPerRound);
  for (const { runId, organizationId } of rows) await refundInvocation(systemContext(organizationId), runId);
  return rows.length;
}

/** A call's row. Throws `not_found` for ids that are unknown, foreign or malformed. */
export async function requireInvocation(ctx: Context, appId: string, runId: string) {
  const row = isUuid(appId) && isUuid(runId) ? await selectInvocation(tenant(ctx), ctx, appId, runId) : undefined;
  if (!row) throw notFound("Invocation");
  return row;
}
