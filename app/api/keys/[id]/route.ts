import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { RevokedKey, RevokeKey } from "#lib/keys/schema";
import { revokeKey } from "#lib/keys/service";

export const DELETE = endpoint({
  operationId: "revokeApiKey",
  summary: "Revoke an API key, with a reason and a notice",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("API key not found") }),
  body: RevokeKey,
  response: RevokedKey,
  errors: ["not_found"],
  handler: ({ ctx, params, body }) => revokeKey(ctx, params.id, body),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
