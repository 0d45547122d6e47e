import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { NewScenarioSet, ScenarioSetAnswer, ScenarioSets } from "#lib/pricing/quotes/schema";
import { createScenarioSet, listScenarioSets } from "#lib/pricing/scenarios/service";

export const GET = endpoint({
  operationId: "listScenarioSets",
  summary: "List the scenario sets, newest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: PageQuery,
  response: ScenarioSets,
  handler: ({ ctx, query }) => listScenarioSets(ctx, query),
});

export const POST = endpoint({
  operationId: "createScenarioSet",
  summary: "Keep scenarios under a name",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: NewScenarioSet,
  takesForms: true,
  response: ScenarioSetAnswer,
  errors: ["conflict"],
  handler: ({ ctx, body }) => createScenarioSet(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
