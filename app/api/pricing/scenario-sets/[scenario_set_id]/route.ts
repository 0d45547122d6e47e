import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ScenarioSetAnswer } from "#lib/pricing/quotes/schema";
import { deleteScenarioSet, getScenarioSet } from "#lib/pricing/scenarios/service";

export const GET = endpoint({
  operationId: "getScenarioSet",
  summary: "A scenario set",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  params: z.object({ scenario_set_id: z.string() }),
  response: ScenarioSetAnswer,
  errors: ["not_found"],
  handler: ({ ctx, params }) => getScenarioSet(ctx, params.scenario_set_id),
});

export const DELETE = endpoint({
  operationId: "deleteScenarioSet",
  summary: "Delete a scenario set; the quotes made of it stay",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  params: z.object({ scenario_set_id: z.string() }),
  response: z.object({ success: z.literal(true), message: z.string() }),
  errors: ["not_found"],
  handler: ({ ctx, params }) => deleteScenarioSet(ctx, params.scenario_set_id),
});

export const { POST, PUT, PATCH, OPTIONS } = notAllowed("GET", "DELETE");
