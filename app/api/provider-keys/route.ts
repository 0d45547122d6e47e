import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { CreateProviderKey, ProviderKeyAnswer, ProviderKeys } from "#lib/provider-keys/schema";
import { createProviderKey, listProviderKeys } from "#lib/provider-keys/service";

export const GET = endpoint({
  operationId: "listProviderKeys",
  summary: "List the organization's own provider keys, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: PageQuery,
  response: ProviderKeys,
  handler: ({ ctx, query }) => listProviderKeys(ctx, query),
});

export const POST = endpoint({
  operationId: "createProviderKey",
  summary: "Add a provider key of the organization's own",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateProviderKey,
  response: ProviderKeyAnswer,
  status: 201,
  handler: ({ ctx, body }) => createProviderKey(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
