import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { OneDecision } from "#lib/pricing/decisions/schema";
import { getDecision } from "#lib/pricing/decisions/service";

export const GET = endpoint({
  operationId: "getPricingDecision",
  summary: "A stored decision",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  params: z.object({ decision_id: z.string() }),
  response: OneDecision,
  errors: ["not_found"],
  handler: ({ ctx, params }) => getDecision(ctx, params.decision_id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
