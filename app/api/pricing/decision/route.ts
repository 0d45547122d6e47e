import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { DecisionAnswer, DecisionInput } from "#lib/pricing/decisions/schema";
import { createDecision } from "#lib/pricing/decisions/service";

export const POST = endpoint({
  operationId: "createPricingDecision",
  summary: "Price a request and decide on it by its guard-rail",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: DecisionInput,
  takesForms: true,
  response: DecisionAnswer,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, body }) => createDecision(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
