import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreatedExport, CreateExport } from "#lib/usage/export/schema";
import { createExport } from "#lib/usage/export/service";

export const POST = endpoint({
  operationId: "createUsageExport",
  summary: "Make a link to a file of the usage ledger, valid for 24 hours",
  description:
    "The file holds every row of the range, both days included (UTC), except API calls, which are only counted.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: CreateExport,
  response: CreatedExport,
  handler: ({ ctx, body }) => createExport(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
