import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ScenarioAnswer } from "#lib/pricing/quotes/schema";
import { evaluateScenarioSet } from "#lib/pricing/scenarios/service";

export const POST = endpoint({
  operationId: "evaluateScenarioSet",
  summary: "Price a scenario set under the policy now in force",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ scenario_set_id: z.string() }),
  response: ScenarioAnswer,
  errors: ["not_found"],
  handler: ({ ctx, params }) => evaluateScenarioSet(ctx, params.scenario_set_id),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
