import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { streamData } from "#lib/http/stream-data";
import { exportProject } from "#lib/workdesk/export";
import { ExportProject, ProjectExportAnswer } from "#lib/workdesk/schema";

export const POST = endpoint({
  operationId: "exportProject",
  summary: "Export a project with its sessions, files and knowledge",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  raw: true,
  body: ExportProject,
  response: ProjectExportAnswer,
  errors: ["not_found"],
  handler: async ({ ctx, body }) => streamData(paas, await exportProject(ctx, body)),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
