import { drawCredits } from "#lib/account-pool/credits";
import { startWith } from "#lib/account-pool/selection";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { searchKnowledge } from "#lib/knowledge/service";
import { nextSessionNumber, workOn } from "#lib/projects/service";
import { recordEvent } from "#lib/records/service";
import {
  insertSession,
  type SessionChange,
  type SessionRow,
  selectLatestSession,
  selectSession,
  selectSessions,
  updateSessionRow,
  updateSessionsHandedOff,
} from "#lib/work-sessions/queries";
import type {
  CreatedWorkSession,
  CreateWorkSession,
  UpdateWorkSession,
  WorkSession,
  WorkSessionAnswer,
  WorkSessionQuery,
  WorkSessions,
} from "#lib/work-sessions/schema";
import { sqlTime, sqlTimeOrNull } from "#lib/workdesk/sql-time";

const unknown = () => notFound("Session");
/** The documented length of the list. */
const listMax = 50;
const suggestionsMax = 3;

export function wireSession(row: SessionRow): WorkSession {
  return {
    id: row.id,
    project_id: row.projectId,
    account_id: row.accountId,
    session_number: row.sessionNumber,
    session_type: row.sessionType,
    objectives: row.objectives,
    accomplishments: row.accomplishments,
    blockers: row.blockers,
    credits_used: row.creditsUsed,
    duration_minutes: row.durationMinutes,
    status: row.status,
    started_at: sqlTime(row.startedAt),
    completed_at: sqlTimeOrNull(row.completedAt),
    project_name: row.projectName,
    account_name: row.accountName,
  };
}

/** The last 50 sessions, newest start first, of all projects and accounts or of one of each. */
export async function listSessions(ctx: Context, query: WorkSessionQuery = {}): Promise<WorkSessions> {
  const filter = { projectId: query.project_id, accountId: query.account_id };
  return { data: (await selectSessions(tenant(ctx), ctx.organizationId, filter, listMax)).map(wireSession) };
}

/** Throws `not_found`. */
export async function getSession(ctx: Context, id: number, tx: Tx = tenant(ctx)): Promise<WorkSessionAnswer> {
  const row = await selectSession(tx, ctx.organizationId, id);
  if (!row) throw unknown();
  return { data: wireSession(row) };
}

/** The session of a project that is worked on, or was last; nothing when there is none yet. */
export async function findLatestSession(
  ctx: Context,
  projectId: number,
  which: { isOpen?: boolean; accountId?: number | undefined } = {},
  tx: Tx = tenant(ctx),
): Promise<WorkSession | undefined> {
  const row = await selectLatestSession(tx, ctx.organizationId, projectId, which);
  return row && wireSession(row);
}

/**
 * Starts a session under the project's next number and puts the account to use. Sessions that start at the same moment get
 * numbers in a row. Throws `not_found` for the project or the account, `conflict` for an account that cannot work.
 */
export async function createSession(ctx: Context, input: CreateWorkSession): Promise<CreatedWorkSession> {
  const { project_id: projectId, account_id: accountId, session_type: sessionType, objectives = null } = input;
  return transaction(ctx, async (tx) => {
    const sessionNumber = await nextSessionNumber(tx, ctx, projectId);
    await startWith(tx, ctx, accountId);
    const session = { projectId, accountId, sessionNumber, sessionType, objectives };
    const { id } = await insertSession(tx, ctx.organizationId, session);
    const facts = { session_id: id, session_number: sessionNumber, project_id: projectId, account_id: accountId };
    await recordEvent(tx, ctx, "work_session.created", facts);
    const found = objectives ? await searchKnowledge({ ...ctx, tx }, objectives, suggestionsMax) : [];
    const suggestions = found.map(({ id, category, title }) => ({ id, category, title }));
    return { id, session_number: sessionNumber, suggestions };
  });
}

const kept = <T>(given: T | undefined, stored: T): T => (given === undefined ? stored : given);

function changeOf(found: SessionRow, input: UpdateWorkSession): SessionChange {
  const status = input.status ?? found.status;
  if (status === "in_progress" && found.status !== "in_progress") {
    throw conflict("A session that has ended cannot be opened again; start a new one");
  }
  return {
    status,
    creditsUsed: input.credits_used ?? found.creditsUsed,
    objectives: kept(input.objectives, found.objectives),
    accomplishments: kept(input.accomplishments, found.accomplishments),
    blockers: kept(input.blockers, found.blockers),
  };
}

/** Books on the account what is new: everything when the session ends, the difference when it has ended already. */
async function book(tx: Tx, ctx: Context, found: SessionRow, change: SessionChange): Promise<void> {
  if (change.status === "in_progress") return;
  const ends = found.status === "in_progress";
  const credits = ends ? change.creditsUsed : change.creditsUsed - found.creditsUsed;
  if (ends || credits !== 0) await drawCredits(tx, ctx.organizationId, found.accountId, credits, { release: ends });
}

/**
 * Logs what a session achieved, or ends it: then its end and its whole minutes are set, and its credits are drawn from the
 * account's allowance. Credits that are corrected later are drawn or given back by the difference. Throws `not_found`.
 */
export async function updateSession(ctx: Context, id: number, input: UpdateWorkSession): Promise<WorkSessionAnswer> {
  return transaction(ctx, async (tx) => {
    const known = await selectSession(tx, ctx.organizationId, id);
    if (!known) throw unknown();
    // The project's lock keeps everybody else from its sessions; what was read before it may have changed.
    await workOn(tx, ctx, known.projectId);
    const found = await selectSession(tx, ctx.organizationId, id);
    if (!found) throw unknown();
    const change = changeOf(found, input);
    await updateSessionRow(tx, ctx.organizationId, id, change);
    await book(tx, ctx, found, change);
    const facts = { session_id: id, project_id: found.projectId, status: change.status };
    const ends = found.status === "in_progress" && change.status !== "in_progress";
    await recordEvent(tx, ctx, ends ? "work_session.ended" : "work_session.updated", facts);
    return getSession(ctx, id, tx);
  });
}

/** Hands off what an account has open in a project. The account's credits stay as they are. */
export async function handOffSessions(
  tx: Tx,
  ctx: Context,
  of: { projectId: number; accountId: number },
): Promise<void> {
  await updateSessionsHandedOff(tx, ctx.organizationId, of);
}
