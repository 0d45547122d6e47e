import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreateProject, Projects } from "#lib/projects/schema";
import { createProject, listProjects } from "#lib/projects/service";

export const GET = endpoint({
  operationId: "listProjects",
  summary: "List projects, newest change first",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: Projects,
  handler: ({ ctx }) => listProjects(ctx),
});

export const POST = endpoint({
  operationId: "createProject",
  summary: "Open a project",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateProject,
  response: z.object({ id: z.int() }),
  handler: ({ ctx, body }) => createProject(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
