import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ProviderKeyAnswer, UpdateProviderKey } from "#lib/provider-keys/schema";
import { deleteProviderKey, updateProviderKey } from "#lib/provider-keys/service";

const params = z.object({ id: z.uuid("Provider key not found") });

export const PATCH = endpoint({
  operationId: "updateProviderKey",
  summary: "Change a provider key, or switch it on or off",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  body: UpdateProviderKey,
  response: ProviderKeyAnswer,
  errors: ["not_found"],
  handler: ({ ctx, params, body }) => updateProviderKey(ctx, params.id, body),
});

export const DELETE = endpoint({
  operationId: "deleteProviderKey",
  summary: "Delete a provider key",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  response: Message,
  errors: ["not_found"],
  handler: ({ ctx, params }) => deleteProviderKey(ctx, params.id),
});

export const { GET, POST, PUT, OPTIONS } = notAllowed("PATCH", "DELETE");
