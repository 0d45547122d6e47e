import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getDelivery } from "#lib/webhooks/deliveries/service";
import { DeliveryDetails } from "#lib/webhooks/schema";

export const GET = endpoint({
  operationId: "getWebhookDelivery",
  summary: "Get a delivery: what was sent, and every attempt with its answer",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({
    id: z.uuid("Agent app not found"),
    webhookId: z.uuid("Webhook not found"),
    deliveryId: z.uuid("Delivery not found"),
  }),
  response: DeliveryDetails,
  errors: ["not_found"],
  handler: ({ ctx, params }) =>
    getDelivery(ctx, { type: "agent_app", id: params.id }, params.webhookId, params.deliveryId),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
