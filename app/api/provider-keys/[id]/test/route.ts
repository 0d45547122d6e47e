import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ProviderKeyTest } from "#lib/provider-keys/schema";
import { testProviderKey } from "#lib/provider-keys/service";

export const POST = endpoint({
  operationId: "testProviderKey",
  summary: "Test a provider key",
  description: "Asks the provider for its models with this key. It costs nothing; how it ended is noted with the key.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Provider key not found") }),
  response: ProviderKeyTest,
  errors: ["not_found"],
  handler: ({ ctx, params }) => testProviderKey(ctx, params.id),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
