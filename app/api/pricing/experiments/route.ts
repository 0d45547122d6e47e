import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { ExperimentAnswer, Experiments, NewExperiment } from "#lib/pricing/experiments/schema";
import { createExperiment, listExperiments } from "#lib/pricing/experiments/service";

export const GET = endpoint({
  operationId: "listPricingExperiments",
  summary: "List the pricing experiments with their summaries, newest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: PageQuery,
  response: Experiments,
  handler: ({ ctx, query }) => listExperiments(ctx, query),
});

export const POST = endpoint({
  operationId: "createPricingExperiment",
  summary: "Begin an experiment with another markup",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: NewExperiment,
  takesForms: true,
  response: ExperimentAnswer,
  handler: ({ ctx, body }) => createExperiment(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
