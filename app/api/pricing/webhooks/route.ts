import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PricingWebhooks } from "#lib/webhooks/pricing/schema";
import { listPricingWebhooks } from "#lib/webhooks/pricing/service";

export const GET = endpoint({
  operationId: "listPricingWebhooks",
  summary: "List the pricing web hooks, newest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: PricingWebhooks,
  handler: async ({ ctx }) => {
    const webhooks = await listPricingWebhooks(ctx);
    return { success: true, webhooks, count: webhooks.length };
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
