import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { listDeliveries } from "#lib/webhooks/deliveries/service";
import { Deliveries, DeliveryQuery } from "#lib/webhooks/schema";

export const GET = endpoint({
  operationId: "listWebhookDeliveries",
  summary: "List the deliveries of a web hook, newest first",
  description: "Kept for 30 days.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Agent app not found"), webhookId: z.uuid("Webhook not found") }),
  query: DeliveryQuery,
  response: Deliveries,
  errors: ["not_found"],
  handler: ({ ctx, params, query }) =>
    listDeliveries(ctx, { type: "agent_app", id: params.id }, params.webhookId, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
