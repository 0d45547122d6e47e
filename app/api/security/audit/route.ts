import { AuditLog, AuditQuery, AuditSaved, PostAudit } from "#lib/audit/schema";
import { exportAudit, getAudit, updateAudit } from "#lib/audit/service";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { fileAnswer } from "#lib/http/file-answer";
import { notAllowed } from "#lib/http/not-allowed";
import { text } from "#lib/http/openapi-answers";

export const GET = endpoint({
  operationId: "listAuditEntries",
  summary: "The audit log's settings and its entries, newest first; or all that fit the filter as a file",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  raw: true,
  query: AuditQuery,
  response: AuditLog,
  answers: {
    "text/csv": text("With `format=csv`: one line for each entry, after a line with the names of the columns."),
    "application/x-ndjson": text("With `format=ndjson`: one entry as JSON in each line."),
  },
  handler: ({ ctx, query }) =>
    query.format === "json" ? getAudit(ctx, query) : fileAnswer(exportAudit(ctx, query), query.format, "audit"),
});

export const POST = endpoint({
  operationId: "updateAuditSettings",
  summary: "Set what the audit log takes and how long it keeps it",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: PostAudit,
  response: AuditSaved,
  handler: ({ ctx, body }) => updateAudit(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
