import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ActivityQuery, UsageActivity } from "#lib/usage/schema";
import { listUsageActivity } from "#lib/usage/service";

export const GET = endpoint({
  operationId: "listActivity",
  summary: "What happened in the organization, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: ActivityQuery,
  response: UsageActivity,
  handler: ({ ctx, query }) => listUsageActivity(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
