import type { Context } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { SessionStatus, Thread } from "#lib/orchestration/schema";

export type SessionRow = {
  id: string;
  userId: string;
  status: SessionStatus;
  maxIterations: number;
  preferredModels: string[];
  costLimit: number | null;
  totalMicros: number;
  lastSequence: number;
  endedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

const sessionColumns: Sql = sql`id, user_id, status, max_iterations, preferred_models, cost_limit::float8 as cost_limit,
  total_micros, last_sequence, ended_at, created_at, updated_at`;

type NewSession = Pick<SessionRow, "id" | "userId" | "maxIterations" | "preferredModels" | "costLimit">;

export function insertSession(tx: Tx, ctx: Context, session: NewSession): Promise<SessionRow> {
  return tx.one(sql`
    insert into orchestration_sessions (id, organization_id, user_id, max_iterations, preferred_models, cost_limit)
    values (${session.id}, ${ctx.organizationId}, ${session.userId}, ${session.maxIterations},
      ${session.preferredModels}, ${session.costLimit})
    returning ${sessionColumns}`);
}

export function selectSession(tx: Tx, ctx: Context, id: string): Promise<SessionRow | undefined> {
  return tx.maybe(sql`
    select ${sessionColumns} from orchestration_sessions where organization_id = ${ctx.organizationId} and id = ${id}`);
}

/** The session as it is until the transaction ends. Everything that writes below a session locks it first. */
export function lockSession(tx: Tx, ctx: Context, id: string): Promise<SessionRow | undefined> {
  return tx.maybe(sql`
    select ${sessionColumns} from orchestration_sessions
    where organization_id = ${ctx.organizationId} and id = ${id} for no key update`);
}

/** A user's sessions, newest first. */
export function selectSessionsOfUser(tx: Tx, ctx: Context, userId: string): Promise<SessionRow[]> {
  return tx.all(sql`
    select ${sessionColumns} from orchestration_sessions
    where organization_id = ${ctx.organizationId} and user_id = ${userId}
    order by created_at desc, id desc limit 1000`);
}

/** The organization's sessions, newest first. */
export function selectSessions(
  tx: Tx,
  ctx: Context,
  page: { limit: number; offset: number },
): Promise<(SessionRow & { total: number })[]> {
  return tx.all(sql`
    select ${sessionColumns}, count(*) over () as total from orchestration_sessions
    where organization_id = ${ctx.organizationId}
    order by created_at desc, id desc limit ${page.limit} offset ${page.offset}`);
}

export function updateSessionStatus(tx: Tx, ctx: Context, id: string, status: SessionStatus): Promise<SessionRow> {
  return tx.one(sql`
    update orchestration_sessions set status = ${status}, updated_at = now(),
      ended_at = case when ${status}::text in ('completed', 'cancelled') then now() end
    where organization_id = ${ctx.organizationId} and id = ${id}
    returning ${sessionColumns}`);
}

export type ThreadRow = {
  id: string;
  sessionId: string;
  originalPrompt: string;
  domain: string;
  context: string | null;
  status: Thread["status"];
  bestResponse: string | null;
  bestScore: number | null;
  totalMicros: number;
  createdAt: string;
  updatedAt: string;
};

const threadColumns: Sql = sql`id, session_id, original_prompt, domain, context, status, best_response,
  best_score::float8 as best_score, total_micros, created_at, updated_at`;

type NewThread = Pick<ThreadRow, "id" | "sessionId" | "originalPrompt" | "domain" | "context">;

export function insertThread(tx: Tx, ctx: Context, thread: NewThread): Promise<ThreadRow> {
  return tx.one(sql`
    insert into orchestration_threads (id, organization_id, session_id, original_prompt, domain, context)
    values (${thread.id}, ${ctx.organizationId}, ${thread.sessionId}, ${thread.originalPrompt}, ${thread.domain},
      ${thread.context})
    returning ${threadColumns}`);
}

export function selectThread(tx: Tx, ctx: Context, id: string): Promise<ThreadRow | undefined> {
  return tx.maybe(sql`
    select ${threadColumns} from orchestration_threads where organization_id = ${ctx.organizationId} and id = ${id}`);
}

/** A session's threads, oldest first. */
export function selectThreadsOfSession(tx: Tx, ctx: Context, sessionId: string): Promise<ThreadRow[]> {
  return tx.all(sql`
    select ${threadColumns} from orchestration_threads
    where organization_id = ${ctx.organizationId} and session_id = ${sessionId}
    order by created_at, id limit 1000`);
}

/** The session that a thread or an orchestration belongs to, or that the id itself names. */
export function selectSessionIdOf(
  tx: Tx,
  ctx: Context,
  by: "session" | "thread" | "orchestration",
  id: string,
): Promise<{ sessionId: string } | undefined> {
  const from = {
    session: sql`select id as session_id from orchestration_sessions`,
    thread: sql`select session_id from orchestration_threads`,
    orchestration: sql`select session_id from orchestrations`,
  };
  return tx.maybe(sql`${from[by]} where organization_id = ${ctx.organizationId} and id = ${id}`);
}
