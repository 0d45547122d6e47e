import { empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { SessionStatus, WorkSession } from "#lib/work-sessions/schema";

export type SessionRow = Pick<WorkSession, "id" | "objectives" | "accomplishments" | "blockers"> & {
  projectId: number;
  accountId: number;
  sessionNumber: number;
  sessionType: WorkSession["session_type"];
  creditsUsed: number;
  durationMinutes: number | null;
  status: SessionStatus;
  startedAt: string;
  completedAt: string | null;
  projectName: string;
  accountName: string;
};

const columns = sql`s.id, s.project_id, s.account_id, s.session_number, s.session_type, s.objectives, s.accomplishments,
  s.blockers, s.credits_used, s.duration_minutes, s.status, s.started_at, s.completed_at, p.name as project_name,
  a.account_name`;

const joined = sql`work_sessions s
  join projects p on p.organization_id = s.organization_id and p.id = s.project_id
  join pool_accounts a on a.organization_id = s.organization_id and a.id = s.account_id`;

export type SessionFilter = { projectId?: number | undefined; accountId?: number | undefined };

/** Newest start first. */
export function selectSessions(
  tx: Tx,
  organizationId: string,
  { projectId, accountId }: SessionFilter,
  limit: number,
): Promise<SessionRow[]> {
  return tx.all(sql`
    select ${columns} from ${joined}
    where s.organization_id = ${organizationId}
      ${projectId === undefined ? empty : sql`and s.project_id = ${projectId}`}
      ${accountId === undefined ? empty : sql`and s.account_id = ${accountId}`}
    order by s.started_at desc, s.id desc limit ${limit}`);
}

type From = { after: number } | { before: number };

/** Sessions of a project above a number, by their number, or below one, the highest number first. */
export function selectSessionsFrom(
  tx: Tx,
  organizationId: string,
  projectId: number,
  from: From,
  limit: number,
): Promise<SessionRow[]> {
  const part =
    "after" in from
      ? sql`s.session_number > ${from.after} order by s.session_number`
      : sql`s.session_number < ${from.before} order by s.session_number desc`;
  return tx.all(sql`
    select ${columns} from ${joined}
    where s.organization_id = ${organizationId} and s.project_id = ${projectId} and ${part} limit ${limit}`);
}

export function selectSessionByNumber(
  tx: Tx,
  organizationId: string,
  projectId: number,
  number: number,
): Promise<SessionRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from ${joined}
    where s.organization_id = ${organizationId} and s.project_id = ${projectId} and s.session_number = ${number}`);
}

export function selectSession(tx: Tx, organizationId: string, id: number): Promise<SessionRow | undefined> {
  return tx.maybe(sql`select ${columns} from ${joined} where s.organization_id = ${organizationId} and s.id = ${id}`);
}

/** The project's session with the highest number; with `isOpen` only among those in progress. */
export function selectLatestSession(
  tx: Tx,
  organizationId: string,
  projectId: number,
  { isOpen = false, accountId }: { isOpen?: boolean; accountId?: number | undefined } = {},
): Promise<SessionRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from ${joined}
    where s.organization_id = ${organizationId} and s.project_id = ${projectId}
      ${isOpen ? sql`and s.status = 'in_progress'` : empty}
      ${accountId === undefined ? empty : sql`and s.account_id = ${accountId}`}
    order by s.session_number desc limit 1`);
}

export type NewSession = {
  projectId: number;
  accountId: number;
  sessionNumber: number;
  sessionType: WorkSession["session_type"];
  objectives: string | null;
};

export function insertSession(tx: Tx, organizationId: string, session: NewSession): Promise<{ id: number }> {
  return tx.one(sql`
    insert into work_sessions (organization_id, id, project_id, account_id, session_number, session_type, objectives)
    values (${organizationId}, baton.next_work_numbers(${organizationId}, 'session', 1), ${session.projectId},
      ${session.accountId}, ${session.sessionNumber}, ${session.sessionType}, ${session.objectives})
    returning id`);
}

export type SessionChange = Pick<SessionRow, "status" | "creditsUsed" | "objectives" | "accomplishments" | "blockers">;

/** Writes a session; one that is closed by this gets its end and its whole minutes. */
export function updateSessionRow(tx: Tx, organizationId: string, id: number, change: SessionChange): Promise<number> {
  const isClosed = change.status !== "in_progress";
  // A session that began while this transaction waited must not end before it began.
  return tx.run(sql`
    update work_sessions set status = ${change.status}, credits_used = ${change.creditsUsed},
      objectives = ${change.objectives}, accomplishments = ${change.accomplishments}, blockers = ${change.blockers},
      completed_at = case when ${isClosed} then coalesce(completed_at, greatest(now(), started_at)) end,
      duration_minutes = case when ${isClosed}
        then coalesce(duration_minutes, floor(extract(epoch from greatest(now(), started_at) - started_at) / 60)) end
    where organization_id = ${organizationId} and id = ${id}`);
}

/** Hands off what an account has open in a project; its credits stay as they are. */
export function updateSessionsHandedOff(
  tx: Tx,
  organizationId: string,
  { projectId, accountId }: { projectId: number; accountId: number },
): Promise<{ id: number }[]> {
  return tx.all(sql`
    update work_sessions set status = 'handed_off', completed_at = greatest(now(), started_at),
      duration_minutes = floor(extract(epoch from greatest(now(), started_at) - started_at) / 60)
    where organization_id = ${organizationId} and project_id = ${projectId} and account_id = ${accountId}
      and status = 'in_progress'
    returning id`);
}

export type CreditFigures = { sessions: number; credits: number; average: number; least: number; most: number };

/** Figures over the sessions of the last days; one that is open and has no credits yet says nothing. */
export function selectCreditFigures(
  tx: Tx,
  organizationId: string,
  projectId: number,
  days: number,
): Promise<CreditFigures> {
  return tx.one(sql`
    select count(*) as sessions, coalesce(sum(credits_used), 0)::bigint as credits,
      coalesce(round(avg(credits_used), 1), 0)::float8 as average, coalesce(min(credits_used), 0) as least,
      coalesce(max(credits_used), 0) as most
    from work_sessions
    where organization_id = ${organizationId} and project_id = ${projectId}
      and started_at >= now() - make_interval(days => ${days}) and not (status = 'in_progress' and credits_used = 0)`);
}
