import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { deleteWebhook, getWebhook, updateWebhook } from "#lib/webhooks/register/service";
import { UpdateAppWebhook, WebhookAnswer } from "#lib/webhooks/schema";

const params = z.object({ id: z.uuid("Agent app not found"), webhookId: z.uuid("Webhook not found") });

export const GET = endpoint({
  operationId: "getAgentAppWebhook",
  summary: "Get a web hook",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: WebhookAnswer,
  errors: ["not_found"],
  handler: ({ ctx, params }) => getWebhook(ctx, { type: "agent_app", id: params.id }, params.webhookId),
});

export const PATCH = endpoint({
  operationId: "updateAgentAppWebhook",
  summary: "Change a web hook, or switch it off and on",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  body: UpdateAppWebhook,
  response: WebhookAnswer,
  errors: ["not_found"],
  handler: ({ ctx, params, body }) => updateWebhook(ctx, { type: "agent_app", id: params.id }, params.webhookId, body),
});

export const DELETE = endpoint({
  operationId: "deleteAgentAppWebhook",
  summary: "Delete a web hook with its delivery log",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  response: Message,
  errors: ["not_found"],
  handler: ({ ctx, params }) => deleteWebhook(ctx, { type: "agent_app", id: params.id }, params.webhookId),
});

export const { POST, PUT, OPTIONS } = notAllowed("GET", "PATCH", "DELETE");
