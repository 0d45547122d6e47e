"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { selectBest } from "#lib/account-pool/selection";
import { listAccounts } from "#lib/account-pool/service";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { AddFile, CreateProject, type Project, UpdateProject } from "#lib/projects/schema";
import { addFile, createProject, listProjects, updateProject } from "#lib/projects/service";
import {
  type CreatedWorkSession,
  CreateWorkSession,
  UpdateWorkSession,
  type WorkSession,
} from "#lib/work-sessions/schema";
import { createSession, updateSession } from "#lib/work-sessions/service";
import { act } from "../../action";

const Id = z.object({ id: z.int() });
const Change = UpdateProject.extend(Id.shape);
const NewFile = AddFile.extend({ project_id: z.int() });
const SessionChange = UpdateWorkSession.extend(Id.shape);

/** Opens a project. */
export async function createProjectAction(input: CreateProject): Promise<ActionResult<{ id: number }>> {
  return act({ scope: "agents:write", input: CreateProject }, input, createProject);
}

/** Changes a project's name, description or status. */
export async function updateProjectAction(input: z.input<typeof Change>): Promise<ActionResult<Project>> {
  return act(
    { scope: "agents:write", input: Change },
    input,
    async (ctx, { id, ...change }) => (await updateProject(ctx, id, change)).data,
  );
}

/** Lists a file with a project. */
export async function addFileAction(input: z.input<typeof NewFile>): Promise<ActionResult<{ id: number }>> {
  return act({ scope: "agents:write", input: NewFile }, input, (ctx, { project_id, ...file }) =>
    addFile(ctx, project_id, file),
  );
}

export type Choice = { id: number; name: string; credits: number; status: string; specialization: string | null };

async function findBest(ctx: Context): Promise<number | null> {
  try {
    return (await selectBest(ctx, { min_credits: 50 })).data.id;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/** The accounts that a session can start with, and which of them is the best now. */
export async function listChoicesAction(): Promise<ActionResult<{ accounts: Choice[]; best: number | null }>> {
  return act({ scope: "agents:read", input: z.null() }, null, async (ctx) => {
    const [{ data }, best] = await Promise.all([listAccounts(ctx), findBest(ctx)]);
    const ready = data.filter(({ status }) => status === "available" || status === "active");
    const accounts = ready.map(({ id, account_name, credits_available, status, specialization }) => ({
      id,
      name: account_name,
      credits: credits_available,
      status,
      specialization,
    }));
    return { accounts, best };
  });
}

/** The projects that something can be done for, by their name; those worked on last come first. */
export async function listProjectChoicesAction(): Promise<ActionResult<{ id: number; name: string }[]>> {
  return act({ scope: "agents:read", input: z.null() }, null, async (ctx) =>
    (await listProjects(ctx)).data.filter(({ status }) => status !== "archived").map(({ id, name }) => ({ id, name })),
  );
}

/** Starts a session and puts its account to use. */
export async function startSessionAction(
  input: z.input<typeof CreateWorkSession>,
): Promise<ActionResult<CreatedWorkSession>> {
  return act({ scope: "agents:write", input: CreateWorkSession }, input, createSession);
}

/** Logs what a session achieved, or ends it, which draws its credits. */
export async function updateSessionAction(input: z.input<typeof SessionChange>): Promise<ActionResult<WorkSession>> {
  return act(
    { scope: "agents:write", input: SessionChange },
    input,
    async (ctx, { id, ...change }) => (await updateSession(ctx, id, change)).data,
  );
}
