import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { AddFile, ProjectFiles } from "#lib/projects/schema";
import { addFile, listFiles } from "#lib/projects/service";
import { pathId } from "#lib/workdesk/fields";

const params = z.object({ id: pathId("Project") });

export const GET = endpoint({
  operationId: "listProjectFiles",
  summary: "List the files of a project that its next account should know of",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: ProjectFiles,
  handler: ({ ctx, params }) => listFiles(ctx, params.id),
});

export const POST = endpoint({
  operationId: "createProjectFile",
  summary: "List a file with a project",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  params,
  body: AddFile,
  response: z.object({ id: z.int() }),
  errors: ["conflict"],
  handler: ({ ctx, params, body }) => addFile(ctx, params.id, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
