import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { BreakdownQuery, UsageBreakdown } from "#lib/usage/schema";

export const GET = endpoint({
  operationId: "getUsageBreakdown",
  summary: "Usage of the last days by model, agent app, key or member",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: BreakdownQuery,
  response: UsageBreakdown,
  handler: ({ ctx, query }) => getUsageBreakdown(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
