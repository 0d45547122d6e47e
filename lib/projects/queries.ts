import { empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Project, ProjectFile } from "#lib/projects/schema";

export type ProjectRow = Pick<Project, "id" | "name" | "description" | "status"> & {
  totalCreditsUsed: number;
  totalSessions: number;
  createdAt: string;
  updatedAt: string;
};

const projectsMax = 1_000;

const totalled = sql`p.id, p.name, p.description, p.status, p.created_at, p.updated_at,
  coalesce(t.credits, 0)::bigint as total_credits_used, coalesce(t.sessions, 0) as total_sessions`;

/** Newest change first, with the totals of their sessions. */
export function selectProjects(tx: Tx, organizationId: string): Promise<ProjectRow[]> {
  return tx.all(sql`
    select ${totalled}
    from projects p
    left join (
      select project_id, sum(credits_used) as credits, count(*) as sessions from work_sessions
      where organization_id = ${organizationId} group by project_id
    ) t on t.project_id = p.id
    where p.organization_id = ${organizationId}
    order by p.updated_at desc, p.id desc limit ${projectsMax}`);
}

export function selectProject(tx: Tx, organizationId: string, id: number): Promise<ProjectRow | undefined> {
  return tx.maybe(sql`
    select ${totalled}
    from projects p
    left join lateral (
      select sum(credits_used) as credits, count(*) as sessions from work_sessions
      where organization_id = ${organizationId} and project_id = p.id
    ) t on true
    where p.organization_id = ${organizationId} and p.id = ${id}`);
}

/** The project's name, or nothing. With `lock` its sessions stay as they are until the transaction ends. */
export function selectProjectName(
  tx: Tx,
  organizationId: string,
  id: number,
  { lock = false } = {},
): Promise<{ name: string } | undefined> {
  return tx.maybe(sql`
    select name from projects where organization_id = ${organizationId} and id = ${id}
    ${lock ? sql`for no key update` : empty}`);
}

export function insertProject(
  tx: Tx,
  organizationId: string,
  { name, description = null }: { name: string; description?: string | null | undefined },
): Promise<{ id: number }> {
  return tx.one(sql`
    insert into projects (organization_id, id, name, description)
    values (${organizationId}, baton.next_work_numbers(${organizationId}, 'project', 1), ${name}, ${description})
    returning id`);
}

export type ProjectChange = Partial<Pick<Project, "name" | "description" | "status">>;

/** Changes what is given; a description that is null is removed. */
export function updateProjectRow(
  tx: Tx,
  organizationId: string,
  id: number,
  { name, description, status }: ProjectChange,
): Promise<number> {
  return tx.run(sql`
    update projects set
      name = coalesce(${name ?? null}, name),
      description = case when ${description === undefined} then description else ${description ?? null} end,
      status = coalesce(${status ?? null}, status),
      updated_at = now()
    where organization_id = ${organizationId} and id = ${id}`);
}

/** Marks the project as worked on; its sessions stay as they are until the transaction ends. */
export function touchProject(tx: Tx, organizationId: string, id: number): Promise<number> {
  return tx.run(sql`update projects set updated_at = now() where organization_id = ${organizationId} and id = ${id}`);
}

/** Marks the project as worked on and takes its next session number; nothing when there is no such project. */
export function takeSessionNumber(
  tx: Tx,
  organizationId: string,
  id: number,
): Promise<{ sessionNumber: number } | undefined> {
  return tx.maybe(sql`
    update projects set last_session_number = last_session_number + 1, updated_at = now()
    where organization_id = ${organizationId} and id = ${id}
    returning last_session_number as session_number`);
}

export type FileRow = Pick<ProjectFile, "id" | "importance"> & {
  projectId: number;
  filePath: string;
  createdAt: string;
};

const filesMax = 1_000;

export function selectFiles(tx: Tx, organizationId: string, projectId: number, limit = filesMax): Promise<FileRow[]> {
  return tx.all(sql`
    select id, project_id, file_path, importance, created_at from project_files
    where organization_id = ${organizationId} and project_id = ${projectId} order by id limit ${limit}`);
}

type NewFile = { file_path: string; importance: ProjectFile["importance"] };

/** Adds files in their order. A path that the project lists already is left out of the answer. */
export function insertFiles(
  tx: Tx,
  organizationId: string,
  projectId: number,
  files: readonly NewFile[],
): Promise<{ id: number }[]> {
  return tx.all(sql`
    with first as (select baton.next_work_numbers(${organizationId}, 'file', ${files.length}) as number)
    insert into project_files (organization_id, id, project_id, file_path, importance)
    select ${organizationId}, first.number + f.position - 1, ${projectId}, f.file_path, f.importance
    from first, rows from (
      jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as (file_path text, importance text)
    ) with ordinality as f (file_path, importance, position)
    on conflict (organization_id, project_id, file_path) do nothing
    returning id`);
}
