import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreatePricingWebhook, RegisteredPricingWebhook } from "#lib/webhooks/pricing/schema";
import { createPricingWebhook } from "#lib/webhooks/pricing/service";

export const POST = endpoint({
  operationId: "createPricingWebhook",
  summary: "Register a web hook for pricing events",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreatePricingWebhook,
  takesForms: true,
  response: RegisteredPricingWebhook,
  errors: ["conflict"],
  handler: async ({ ctx, body }) => {
    const { webhook_id, url, events } = await createPricingWebhook(ctx, body);
    return { success: true, webhook_id, url, events, message: "Pricing webhook registered" };
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
