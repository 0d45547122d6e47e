import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ExperimentAnswer } from "#lib/pricing/experiments/schema";
import { getExperiment } from "#lib/pricing/experiments/service";

export const GET = endpoint({
  operationId: "getPricingExperiment",
  summary: "An experiment with its summary",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  params: z.object({ experiment_id: z.string() }),
  response: ExperimentAnswer,
  errors: ["not_found"],
  handler: ({ ctx, params }) => getExperiment(ctx, params.experiment_id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
