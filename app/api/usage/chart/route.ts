import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ChartQuery, UsageChart } from "#lib/usage/schema";
import { getUsageChart } from "#lib/usage/service";

export const GET = endpoint({
  operationId: "getUsageChart",
  summary: "Invocations and credits of each of the last days, oldest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: ChartQuery,
  response: UsageChart,
  handler: ({ ctx, query }) => getUsageChart(ctx, query.days),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
