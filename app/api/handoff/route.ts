import { HandoffQuery, Handoffs } from "#lib/handoff/schema";
import { listHandoffs } from "#lib/handoff/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "listHandoffs",
  summary: "List the last 50 hand-overs, newest first",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: HandoffQuery,
  response: Handoffs,
  handler: ({ ctx, query }) => listHandoffs(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
