import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { Recommendation, RecommendModel } from "#lib/orchestrator/schema";
import { recommendModel } from "#lib/orchestrator/service";

export const POST = endpoint({
  operationId: "recommendModel",
  summary: "Recommend a model for a task within what is left of the budget",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  body: RecommendModel,
  response: Recommendation,
  handler: ({ ctx, body }) => recommendModel(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
