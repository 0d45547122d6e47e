import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { AppError, invalid, notFound } from "#lib/errors";
import { accessOf } from "#lib/models/access";
import { getModel } from "#lib/models/service";
import { isOid, newOid } from "#lib/orchestration/oid";
import {
  insertSession,
  insertThread,
  lockSession,
  type SessionRow,
  selectSession,
  selectSessionIdOf,
  selectSessions,
  selectSessionsOfUser,
  selectThread,
  selectThreadsOfSession,
  type ThreadRow,
  updateSessionStatus,
} from "#lib/orchestration/queries";
import { selectIdsOfThread, selectOpenRuns } from "#lib/orchestration/run-queries";
import type {
  ChangeStatus,
  CreateSession,
  CreateThread,
  Session,
  Thread,
  ThreadDetails,
} from "#lib/orchestration/schema";
import { sessionDocument, threadDocument } from "#lib/orchestration/serialize";
import { cancelRunWithin } from "#lib/runs/cancel";

/** What the state of a session forbids; 400 in this family. */
export function illegalState(message: string): AppError {
  return new AppError("conflict", message, { reason: "ILLEGAL_STATE" });
}

const isFinal = ({ status }: SessionRow) => status === "completed" || status === "cancelled";

/** The models by their own names, each once. Throws `validation` naming the first that nobody knows. */
export async function resolveModels(ctx: Context, names: readonly string[]): Promise<string[]> {
  const access = await accessOf(ctx);
  const resolved = names.map((name, index) => {
    try {
      return getModel(name, access).name;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const message = `${error.message}. GET /api/models/ lists the models.`;
      throw invalid([{ field: `settings.preferred_models[${index}]`, message }]);
    }
  });
  return [...new Set(resolved)];
}

/** A session's row. Throws `not_found` for ids that are unknown, foreign or malformed. */
export async function requireSession(ctx: Context, id: string): Promise<SessionRow> {
  const row = isOid(id) ? await selectSession(tenant(ctx), ctx, id) : undefined;
  if (!row) throw notFound("Session");
  return row;
}

/** A thread's row. Throws `not_found` as `requireSession` does. */
export async function requireThread(ctx: Context, id: string): Promise<ThreadRow> {
  const row = isOid(id) ? await selectThread(tenant(ctx), ctx, id) : undefined;
  if (!row) throw notFound("Thread");
  return row;
}

/** X1. Throws `validation` for an unknown model. */
export async function createSession(ctx: Context, input: CreateSession): Promise<Session> {
  const { preferred_models, cost_limit: costLimit } = input.settings;
  const preferredModels = await resolveModels(ctx, preferred_models);
  const session = { id: newOid(), userId: input.user_id, maxIterations: input.max_iterations };
  return sessionDocument(await insertSession(tenant(ctx), ctx, { ...session, preferredModels, costLimit }));
}

/** X2. Throws `not_found`. */
export async function getSession(ctx: Context, id: string): Promise<Session> {
  return sessionDocument(await requireSession(ctx, id));
}

/** X3. An unknown user has none. */
export async function listSessionsOfUser(ctx: Context, userId: string): Promise<Session[]> {
  return (await selectSessionsOfUser(tenant(ctx), ctx, userId)).map(sessionDocument);
}

/** All sessions of the organization, newest first. */
export async function listSessions(
  ctx: Context,
  page: { limit: number; offset: number },
): Promise<{ items: Session[]; total: number }> {
  const rows = await selectSessions(tenant(ctx), ctx, page);
  return { items: rows.map(sessionDocument), total: rows[0]?.total ?? 0 };
}

/** X4. Cancelling stops what runs in it. Throws `not_found`, and `conflict` for a session that is over. */
export async function changeSessionStatus(ctx: Context, id: string, { status }: ChangeStatus): Promise<Session> {
  if (!isOid(id)) throw notFound("Session");
  return transaction(ctx, async (tx) => {
    const session = await lockSession(tx, ctx, id);
    if (!session) throw notFound("Session");
    if (isFinal(session)) throw illegalState(`This session is ${session.status}; that is final.`);
    const changed = await updateSessionStatus(tx, ctx, id, status);
    if (status === "cancelled")
      for (const run of await selectOpenRuns(tx, ctx, id)) await cancelRunWithin(tx, ctx, run);
    return sessionDocument({ ...changed, lastSequence: session.lastSequence });
  });
}

/** X5. Throws `not_found` for the session, and `conflict` when it is over. */
export async function createThread(ctx: Context, input: CreateThread): Promise<Thread> {
  const session = await requireSession(ctx, input.session_id);
  if (isFinal(session)) throw illegalState(`This session is ${session.status} and takes no new threads.`);
  const { original_prompt: originalPrompt, domain, context = null } = input;
  const thread = { id: newOid(), sessionId: session.id, originalPrompt, domain, context };
  return threadDocument(await insertThread(tenant(ctx), ctx, thread));
}

/** X6. Throws `not_found`. */
export async function getThread(ctx: Context, id: string): Promise<ThreadDetails> {
  const thread = await requireThread(ctx, id);
  const ids = await selectIdsOfThread(tenant(ctx), ctx, id);
  return { ...threadDocument(thread), orchestrations: ids.map((one) => one.id) };
}

/** X7. Oldest first. Throws `not_found` for the session. */
export async function listThreads(ctx: Context, sessionId: string): Promise<Thread[]> {
  await requireSession(ctx, sessionId);
  return (await selectThreadsOfSession(tenant(ctx), ctx, sessionId)).map(threadDocument);
}

/** The session that a call names, directly or through a thread or an orchestration; nothing when there is no such thing. */
export async function findSessionId(
  ctx: Context,
  by: "session" | "thread" | "orchestration",
  id: unknown,
): Promise<string | undefined> {
  if (typeof id !== "string" || !isOid(id)) return undefined;
  return (await selectSessionIdOf(tenant(ctx), ctx, by, id))?.sessionId;
}
