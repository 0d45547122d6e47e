import { Topups, TopupsQuery } from "#lib/billing/schema";
import { listTopups } from "#lib/billing/topups";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "listTopups",
  summary: "List top-ups with their state and receipt, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: TopupsQuery,
  response: Topups,
  handler: ({ ctx, query }) => listTopups(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
