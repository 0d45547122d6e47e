import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ScenarioAnswer, ScenarioInput } from "#lib/pricing/quotes/schema";
import { evaluateScenarios } from "#lib/pricing/quotes/service";

export const POST = endpoint({
  operationId: "evaluatePricingScenarios",
  summary: "Price and store up to 100 scenarios with their roll-up",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: ScenarioInput,
  takesForms: true,
  response: ScenarioAnswer,
  handler: ({ ctx, body }) => evaluateScenarios(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
