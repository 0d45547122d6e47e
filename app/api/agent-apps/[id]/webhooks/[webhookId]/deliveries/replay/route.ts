import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { replayFailed } from "#lib/webhooks/deliveries/service";
import { ReplayedFailed, ReplayFailed } from "#lib/webhooks/schema";

export const POST = endpoint({
  operationId: "replayFailedWebhookDeliveries",
  summary: "Send again what failed since a time, up to 1000 deliveries, once each",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Agent app not found"), webhookId: z.uuid("Webhook not found") }),
  body: ReplayFailed,
  response: ReplayedFailed,
  status: 202,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params, body }) =>
    replayFailed(ctx, { type: "agent_app", id: params.id }, params.webhookId, body.since),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
