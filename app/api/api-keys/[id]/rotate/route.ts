import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { RotatedKey, RotateKey } from "#lib/keys/schema";
import { rotateKey } from "#lib/keys/service";

export const POST = endpoint({
  operationId: "rotateApiKey",
  summary: "Rotate an API key: same id, new secret",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("API key not found") }),
  body: RotateKey,
  response: RotatedKey,
  errors: ["not_found"],
  handler: ({ ctx, params, body }) => rotateKey(ctx, params.id, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
