import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { importProject } from "#lib/workdesk/import";
import { ImportedProject, ImportProject } from "#lib/workdesk/import-schema";

export const POST = endpoint({
  operationId: "importProject",
  summary: "Take over an exported project, all or nothing",
  description:
    "Takes the answer of export-project as it is, also from another organization. Accounts that this one has not are added blocked.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: ImportProject,
  response: ImportedProject,
  errors: ["conflict"],
  handler: ({ ctx, body }) => importProject(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
