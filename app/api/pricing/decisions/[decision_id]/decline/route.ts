import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { OneDecision } from "#lib/pricing/decisions/schema";
import { declineDecision } from "#lib/pricing/decisions/service";

export const POST = endpoint({
  operationId: "declinePricingDecision",
  summary: "Decline an escalated decision: its quote is not to be sent",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ decision_id: z.string() }),
  response: OneDecision,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params }) => declineDecision(ctx, params.decision_id),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
