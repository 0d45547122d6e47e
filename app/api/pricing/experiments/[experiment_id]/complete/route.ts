import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ExperimentAnswer } from "#lib/pricing/experiments/schema";
import { completeExperiment } from "#lib/pricing/experiments/service";

export const POST = endpoint({
  operationId: "completePricingExperiment",
  summary: "End an experiment",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ experiment_id: z.string() }),
  response: ExperimentAnswer,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params }) => completeExperiment(ctx, params.experiment_id),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
