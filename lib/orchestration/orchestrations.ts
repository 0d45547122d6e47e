import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { AppError, notFound, rateLimited } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { accessOf } from "#lib/models/access";
import type { Model } from "#lib/models/catalogue";
import { getModel, isActive, listCandidates } from "#lib/models/service";
import { leastWork, type OrchestrationInput } from "#lib/orchestration/kind";
import { isOid, newOid } from "#lib/orchestration/oid";
import { lockSession, type ThreadRow } from "#lib/orchestration/queries";
import {
  insertOrchestration,
  lockUser,
  type OrchestrationRow,
  selectOpenCount,
  selectOrchestration,
  selectOrchestrationsOfSession,
  selectResults,
} from "#lib/orchestration/run-queries";
import type { Orchestration, StartOrchestration } from "#lib/orchestration/schema";
import { selectModelScores } from "#lib/orchestration/score-queries";
import { type Ranked, rank } from "#lib/orchestration/select";
import { orchestrationDocument } from "#lib/orchestration/serialize";
import { illegalState, requireSession, requireThread, resolveModels } from "#lib/orchestration/service";
import { attachWork } from "#lib/pricing/realised/service";
import { cancelRun } from "#lib/runs/cancel";
import { enqueueRun } from "#lib/runs/worker";

/** Queued or running at a time, for one end user of the tenant. */
const openMax = 10;
const openRetrySeconds = 5;
/** No orchestration goes on for longer. */
const longestMs = 30 * 60_000;

/** Active models, limited to the preferred ones when any are given. */
async function modelsFor(ctx: Context, preferred: readonly string[]): Promise<Model[]> {
  if (preferred.length > 0) {
    const access = await accessOf(ctx);
    return preferred.map((name) => getModel(name, access)).filter((model) => isActive(model, access));
  }
  // With nobody who can answer the run is made all the same, and says so.
  const candidates = await listCandidates(ctx).catch((error: unknown) => {
    if (error instanceof AppError) return [];
    throw error;
  });
  return candidates.map(({ model }) => model);
}

async function rankingFor(ctx: Context, { domain }: ThreadRow, preferred: readonly string[]): Promise<Ranked[]> {
  const models = await modelsFor(ctx, preferred);
  const measured = await selectModelScores(tenant(ctx), ctx, domain);
  const scores = measured.map(({ model, scored, average }) => ({ model, scored, average: average ?? 0 }));
  return rank(models, { domain, preferred, scores });
}

/**
 * X8. Stores an orchestration with its run and job and answers at once. Throws `not_found` for the thread, `conflict` when
 * its session is not active, `validation` for an unknown model, `rate_limited` when the user has ten under way, and what `attachWork` throws for its quote.
 */
export async function startOrchestration(ctx: Context, input: StartOrchestration): Promise<Orchestration> {
  const { settings, quote_id: quoteId } = input;
  const thread = await requireThread(ctx, input.thread_id);
  const { userId, maxIterations, preferredModels } = await requireSession(ctx, thread.sessionId);
  const preferred = settings.preferred_models ? await resolveModels(ctx, settings.preferred_models) : preferredModels;
  const ranking = await rankingFor(ctx, thread, preferred);
  const prompt = input.prompt ?? thread.originalPrompt;
  const least = leastWork(prompt, thread.context, settings.candidates);
  const kept: OrchestrationInput = { prompt, domain: thread.domain, ranking };
  const row = {
    id: newOid(),
    runId: uuidv7(),
    sessionId: thread.sessionId,
    threadId: thread.id,
    userId,
    maxIterations: settings.max_iterations ?? maxIterations,
    preferredModels: preferred,
    threshold: settings.evaluation_threshold,
    candidates: settings.candidates,
  };
  return transaction(ctx, async (tx) => {
    await lockUser(tx, ctx, userId);
    const session = await lockSession(tx, ctx, thread.sessionId);
    if (session?.status !== "active")
      throw illegalState(`This session is ${session?.status ?? "gone"}; only an active one takes orchestrations.`);
    const { open } = await selectOpenCount(tx, ctx, userId);
    if (open >= openMax)
      throw rateLimited(openRetrySeconds, `This user_id has ${openMax} orchestrations queued or running already.`);
    const run = { kind: "orchestration", strategy: "refine", model: null, input: kept } as const;
    await enqueueRun(tx, ctx, row.runId, { ...run, deadlineAt: new Date(Date.now() + longestMs) });
    await insertOrchestration(tx, ctx, row);
    if (quoteId != null) await attachWork(tx, ctx, { quoteId, runId: row.runId, ...least });
    return document({ ...ctx, tx }, await requireOrchestration({ ...ctx, tx }, row.id));
  });
}

async function requireOrchestration(ctx: Context, id: string): Promise<OrchestrationRow> {
  const row = isOid(id) ? await selectOrchestration(tenant(ctx), ctx, id) : undefined;
  if (!row) throw notFound("Orchestration");
  return row;
}

async function document(ctx: Context, row: OrchestrationRow): Promise<Orchestration> {
  const results = row.status === "queued" ? [] : await selectResults(tenant(ctx), ctx, row.runId);
  return orchestrationDocument(row, results);
}

/** X9. With all results so far. Throws `not_found`. */
export async function getOrchestration(ctx: Context, id: string): Promise<Orchestration> {
  return transaction(ctx, async (tx) => document({ ...ctx, tx }, await requireOrchestration({ ...ctx, tx }, id)));
}

/** A session's orchestrations, newest first, without their results. Throws `not_found` for the session. */
export async function listOrchestrations(ctx: Context, sessionId: string): Promise<Orchestration[]> {
  await requireSession(ctx, sessionId);
  const rows = await selectOrchestrationsOfSession(tenant(ctx), ctx, sessionId);
  return rows.map((row) => orchestrationDocument(row, []));
}

/** +X1. Stops a run; one that has ended stays as it is. Throws `not_found`. */
export async function cancelOrchestration(ctx: Context, id: string): Promise<Orchestration> {
  const { runId } = await requireOrchestration(ctx, id);
  await cancelRun(ctx, runId);
  return getOrchestration(ctx, id);
}
