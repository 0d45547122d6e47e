import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { fileAnswer } from "#lib/http/file-answer";
import { notAllowed } from "#lib/http/not-allowed";
import { exportEverything } from "#lib/privacy/export";

export const GET = endpoint({
  summary: "Everything the organization holds, as one JSON file",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  raw: true,
  handler: ({ ctx }) => fileAnswer(exportEverything(ctx), "json", "export"),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
