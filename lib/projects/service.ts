import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import {
  type FileRow,
  insertFiles,
  insertProject,
  type ProjectRow,
  selectFiles,
  selectProject,
  selectProjectName,
  selectProjects,
  takeSessionNumber,
  touchProject,
  updateProjectRow,
} from "#lib/projects/queries";
import type {
  AddFile,
  CreateProject,
  Project,
  ProjectAnswer,
  ProjectFile,
  ProjectFiles,
  Projects,
  UpdateProject,
} from "#lib/projects/schema";
import { recordEvent } from "#lib/records/service";
import { sqlTime } from "#lib/workdesk/sql-time";

/** No project lists so many files. */
const exportMax = 100_000;

const unknown = () => notFound("Project");

function wire({ totalCreditsUsed, totalSessions, createdAt, updatedAt, ...rest }: ProjectRow): Project {
  return {
    ...rest,
    total_credits_used: totalCreditsUsed,
    total_sessions: totalSessions,
    created_at: sqlTime(createdAt),
    updated_at: sqlTime(updatedAt),
  };
}

function wireFile({ projectId, filePath, createdAt, ...rest }: FileRow): ProjectFile {
  return { ...rest, project_id: projectId, file_path: filePath, created_at: sqlTime(createdAt) };
}

/** The organization's projects, newest change first, at most 1000. */
export async function listProjects(ctx: Context): Promise<Projects> {
  return { data: (await selectProjects(tenant(ctx), ctx.organizationId)).map(wire) };
}

/** A project with the totals of its sessions. Throws `not_found`. */
export async function getProject(ctx: Context, id: number, tx: Tx = tenant(ctx)): Promise<ProjectAnswer> {
  const row = await selectProject(tx, ctx.organizationId, id);
  if (!row) throw unknown();
  return { data: wire(row) };
}

/** The project's name. With `lock` no session of it is opened or closed until the transaction ends. Throws `not_found`. */
export async function requireProject(tx: Tx, ctx: Context, id: number, options?: { lock: boolean }): Promise<string> {
  const project = await selectProjectName(tx, ctx.organizationId, id, options);
  if (!project) throw unknown();
  return project.name;
}

/** Marks a project as worked on. No session of it is opened or closed by others until the transaction ends. Throws `not_found`. */
export async function workOn(tx: Tx, ctx: Context, id: number): Promise<void> {
  if (!(await touchProject(tx, ctx.organizationId, id))) throw unknown();
}

/** The number of the session that is about to start; each is given out once. Throws `not_found`. */
export async function nextSessionNumber(tx: Tx, ctx: Context, id: number): Promise<number> {
  const taken = await takeSessionNumber(tx, ctx.organizationId, id);
  if (!taken) throw unknown();
  return taken.sessionNumber;
}

/** Opens a project without sessions. Two projects may have one name. */
export async function createProject(ctx: Context, input: CreateProject): Promise<{ id: number }> {
  return transaction(ctx, async (tx) => {
    const { id } = await insertProject(tx, ctx.organizationId, input);
    await recordEvent(tx, ctx, "project.created", { project_id: id, name: input.name });
    return { id };
  });
}

/** Changes what is given. Throws `not_found`. */
export async function updateProject(ctx: Context, id: number, input: UpdateProject): Promise<ProjectAnswer> {
  return transaction(ctx, async (tx) => {
    const { name, description, status } = input;
    const change = {
      ...(name && { name }),
      ...(description !== undefined && { description }),
      ...(status && { status }),
    };
    if (!(await updateProjectRow(tx, ctx.organizationId, id, change))) throw unknown();
    await recordEvent(tx, ctx, "project.updated", { project_id: id, ...(status && { status }) });
    return getProject(ctx, id, tx);
  });
}

/** The files a project's next account should know of, in the order they were added; at most 1000. */
export async function listFiles(ctx: Context, projectId: number): Promise<ProjectFiles> {
  return transaction(ctx, async (tx) => {
    await requireProject(tx, ctx, projectId);
    return { data: (await selectFiles(tx, ctx.organizationId, projectId)).map(wireFile) };
  });
}

/** Everything that a project lists, for its export. */
export async function exportFiles(
  tx: Tx,
  ctx: Context,
  projectId: number,
): Promise<Pick<ProjectFile, "id" | "file_path" | "importance">[]> {
  const rows = await selectFiles(tx, ctx.organizationId, projectId, exportMax);
  return rows.map(({ id, filePath, importance }) => ({ id, file_path: filePath, importance }));
}

/** Lists files with a new project; no path comes twice. */
export async function addFiles(tx: Tx, ctx: Context, projectId: number, files: readonly AddFile[]): Promise<void> {
  if (files.length > 0) await insertFiles(tx, ctx.organizationId, projectId, files);
}

/** Lists a file with a project. Throws `conflict` for a path that is listed already. */
export async function addFile(ctx: Context, projectId: number, input: AddFile): Promise<{ id: number }> {
  return transaction(ctx, async (tx) => {
    await requireProject(tx, ctx, projectId);
    const [file] = await insertFiles(tx, ctx.organizationId, projectId, [input]);
    if (!file) throw conflict(`The project already lists the file ${input.file_path}`);
    await recordEvent(tx, ctx, "project.file_added", { project_id: projectId, file_path: input.file_path });
    return { id: file.id };
  });
}
