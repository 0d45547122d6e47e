import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { OptedOut, OptOut } from "#lib/privacy/schema";
import { optOut } from "#lib/privacy/service";

export const POST = endpoint({
  operationId: "optOutOfDataUse",
  summary: "Opt out of the use of data for training and analytics",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: OptOut,
  response: OptedOut,
  handler: ({ ctx, body }) => optOut(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
