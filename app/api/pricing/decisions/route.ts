import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { DecisionQuery, Decisions } from "#lib/pricing/decisions/schema";
import { listDecisions } from "#lib/pricing/decisions/service";

export const GET = endpoint({
  operationId: "listPricingDecisions",
  summary: "List the decisions; those that wait at the deal desk come oldest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: DecisionQuery,
  response: Decisions,
  handler: ({ ctx, query }) => listDecisions(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
