import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { deleteKey } from "#lib/keys/service";

export const DELETE = endpoint({
  operationId: "deleteApiKey",
  summary: "Revoke an API key",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("API key not found") }),
  response: Message,
  errors: ["not_found"],
  handler: ({ ctx, params }) => deleteKey(ctx, params.id),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
