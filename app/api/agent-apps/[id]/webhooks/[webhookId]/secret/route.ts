import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { rotateWebhookSecret } from "#lib/webhooks/register/service";
import { RotatedSecret, RotateSecret } from "#lib/webhooks/schema";

export const POST = endpoint({
  operationId: "rotateAgentAppWebhookSecret",
  summary: "Give a web hook a new secret; the old one signs too for a while",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Agent app not found"), webhookId: z.uuid("Webhook not found") }),
  body: RotateSecret,
  response: RotatedSecret,
  errors: ["not_found"],
  handler: ({ ctx, params, body }) =>
    rotateWebhookSecret(ctx, { type: "agent_app", id: params.id }, params.webhookId, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
