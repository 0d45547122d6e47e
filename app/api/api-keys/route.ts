import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ApiKeys, CreatedKey, CreateKey } from "#lib/keys/schema";
import { createKey, listKeys } from "#lib/keys/service";
import { PageQuery } from "#lib/page";

export const GET = endpoint({
  operationId: "listApiKeys",
  summary: "List API keys, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  query: PageQuery,
  response: ApiKeys,
  handler: ({ ctx, query }) => listKeys(ctx, query),
});

export const POST = endpoint({
  operationId: "createApiKey",
  summary: "Create an API key",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateKey,
  response: CreatedKey,
  status: 201,
  handler: ({ ctx, body }) => createKey(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
