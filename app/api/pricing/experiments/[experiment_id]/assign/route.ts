import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { AssignAnswer, AssignInput } from "#lib/pricing/experiments/schema";
import { assignSubject } from "#lib/pricing/experiments/service";

export const POST = endpoint({
  operationId: "assignExperimentVariant",
  summary: "Assign a subject to a variant, which it keeps",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ experiment_id: z.string() }),
  body: AssignInput,
  takesForms: true,
  response: AssignAnswer,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params, body }) => assignSubject(ctx, params.experiment_id, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
