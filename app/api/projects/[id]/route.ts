import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ProjectAnswer, UpdateProject } from "#lib/projects/schema";
import { getProject, updateProject } from "#lib/projects/service";
import { pathId } from "#lib/workdesk/fields";

const params = z.object({ id: pathId("Project") });

export const GET = endpoint({
  operationId: "getProject",
  summary: "Get a project",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: ProjectAnswer,
  handler: ({ ctx, params }) => getProject(ctx, params.id),
});

export const PATCH = endpoint({
  operationId: "updateProject",
  summary: "Change a project",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params,
  body: UpdateProject,
  response: ProjectAnswer,
  handler: ({ ctx, params, body }) => updateProject(ctx, params.id, body),
});

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
