import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { UsageMetrics } from "#lib/usage/schema";
import { getUsageMetrics } from "#lib/usage/service";

export const GET = endpoint({
  operationId: "getUsageMetrics",
  summary: "Usage of the last 30 days against the 30 before",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: UsageMetrics,
  handler: ({ ctx }) => getUsageMetrics(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
