import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { testWebhook } from "#lib/webhooks/deliveries/service";
import { DeliveryAnswer } from "#lib/webhooks/schema";

export const POST = endpoint({
  operationId: "testAgentAppWebhook",
  summary: "Send a test event to a web hook",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Agent app not found"), webhookId: z.uuid("Webhook not found") }),
  response: DeliveryAnswer,
  status: 202,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params }) => testWebhook(ctx, { type: "agent_app", id: params.id }, params.webhookId),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
