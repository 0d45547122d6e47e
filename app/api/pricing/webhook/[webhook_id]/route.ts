import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { RemovedPricingWebhook } from "#lib/webhooks/pricing/schema";
import { deletePricingWebhook } from "#lib/webhooks/pricing/service";

export const DELETE = endpoint({
  operationId: "deletePricingWebhook",
  summary: "Remove a pricing web hook with its delivery log",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ webhook_id: z.string().max(64, "Pricing webhook not found") }),
  response: RemovedPricingWebhook,
  errors: ["not_found"],
  handler: async ({ ctx, params }) => ({ success: true, ...(await deletePricingWebhook(ctx, params.webhook_id)) }),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
