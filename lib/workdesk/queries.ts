import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { ImportedSession } from "#lib/workdesk/import-schema";

export type Counts = {
  activeProjects: number;
  activeAccounts: number;
  totalCredits: number;
  totalSessions: number;
  rotations: number;
};

export function selectCounts(tx: Tx, organizationId: string): Promise<Counts> {
  return tx.one(sql`
    select
      (select count(*) from projects where organization_id = ${organizationId} and status = 'active') as active_projects,
      (select count(*) from pool_accounts
        where organization_id = ${organizationId} and status in ('available', 'active')) as active_accounts,
      (select count(*) from handoffs where organization_id = ${organizationId} and kind = 'rotation') as rotations,
      count(*) as total_sessions, coalesce(sum(credits_used), 0)::bigint as total_credits
    from work_sessions where organization_id = ${organizationId}`);
}

export type ImportedFacts = { name: string; description: string | null; status: string; createdAt: string | null };

/** Adds a project that has had sessions elsewhere; the next one continues their numbers. */
export function insertImportedProject(
  tx: Tx,
  organizationId: string,
  { name, description, status, createdAt }: ImportedFacts,
  lastSessionNumber: number,
): Promise<{ id: number }> {
  return tx.one(sql`
    insert into projects (organization_id, id, name, description, status, last_session_number, created_at)
    values (${organizationId}, baton.next_work_numbers(${organizationId}, 'project', 1), ${name}, ${description},
      ${status}, ${lastSessionNumber}, coalesce(${createdAt}::timestamptz, now()))
    returning id`);
}

/** Which of the names the organization has no account of. */
export function selectMissingAccounts(
  tx: Tx,
  organizationId: string,
  names: readonly string[],
): Promise<{ accountName: string }[]> {
  return tx.all(sql`
    select wanted as account_name from unnest(${[...names]}::text[]) with ordinality as w (wanted, position)
    where not exists (
      select from pool_accounts where organization_id = ${organizationId} and account_name = wanted
    ) order by position`);
}

/** Adds sessions in their order, each on the account of its name. Answers how many. */
export function insertImportedSessions(
  tx: Tx,
  organizationId: string,
  projectId: number,
  sessions: readonly ImportedSession[],
): Promise<number> {
  return tx.run(sql`
    with first as (select baton.next_work_numbers(${organizationId}, 'session', ${sessions.length}) as number)
    insert into work_sessions (organization_id, id, project_id, account_id, session_number, session_type, objectives,
      accomplishments, blockers, credits_used, duration_minutes, status, started_at, completed_at)
    select ${organizationId}, first.number + s.position - 1, ${projectId}, a.id, s.session_number, s.session_type,
      s.objectives, s.accomplishments, s.blockers, s.credits_used, s.duration_minutes, s.status,
      coalesce(s.started_at, now()), s.completed_at
    from first, rows from (
      jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as (
        account_name text, session_number bigint, session_type text, objectives text, accomplishments text,
        blockers text, credits_used bigint, duration_minutes bigint, status text, started_at timestamptz,
        completed_at timestamptz)
    ) with ordinality as s (account_name, session_number, session_type, objectives, accomplishments, blockers,
      credits_used, duration_minutes, status, started_at, completed_at, position)
    join pool_accounts a on a.organization_id = ${organizationId} and a.account_name = s.account_name`);
}
