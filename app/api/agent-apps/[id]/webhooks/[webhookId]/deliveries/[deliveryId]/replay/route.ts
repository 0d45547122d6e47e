import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { replayDelivery } from "#lib/webhooks/deliveries/service";
import { DeliveryAnswer, Replay } from "#lib/webhooks/schema";

export const POST = endpoint({
  operationId: "replayWebhookDelivery",
  summary: "Send a delivery again, once, under the same delivery id",
  description: "A delivery that already arrived needs `confirm: true`.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({
    id: z.uuid("Agent app not found"),
    webhookId: z.uuid("Webhook not found"),
    deliveryId: z.uuid("Delivery not found"),
  }),
  body: Replay,
  response: DeliveryAnswer,
  status: 202,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params, body }) =>
    replayDelivery(ctx, { type: "agent_app", id: params.id }, params.webhookId, params.deliveryId, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
