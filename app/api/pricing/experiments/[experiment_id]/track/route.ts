import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ExperimentAnswer, TrackInput } from "#lib/pricing/experiments/schema";
import { trackOutcome } from "#lib/pricing/experiments/service";

export const POST = endpoint({
  operationId: "trackExperimentDecision",
  summary: "Count a decision that was made elsewhere",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ experiment_id: z.string() }),
  body: TrackInput,
  takesForms: true,
  response: ExperimentAnswer,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params, body }) => trackOutcome(ctx, params.experiment_id, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
