import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getBillingUsage } from "#lib/orchestrator/billing";
import { BillingQuery, BillingUsage } from "#lib/orchestrator/schema";

export const GET = endpoint({
  operationId: "getBillingUsage",
  summary: "What models have cost in a span of days, by model and by day",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: BillingQuery,
  response: BillingUsage,
  handler: ({ ctx, query }) => getBillingUsage(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
