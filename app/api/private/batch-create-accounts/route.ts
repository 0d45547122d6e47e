import { BatchCreateAccounts, BatchCreatedAccounts } from "#lib/account-pool/schema";
import { createAccounts } from "#lib/account-pool/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "createAccounts",
  summary: "Add up to 500 AI accounts to the pool, all or none",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: BatchCreateAccounts,
  response: BatchCreatedAccounts,
  errors: ["conflict"],
  handler: ({ ctx, body }) => createAccounts(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
