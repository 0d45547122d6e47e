import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ExperimentInput, ExperimentSummaryAnswer } from "#lib/pricing/review/schema";
import { summarizeGivenExperiment } from "#lib/pricing/review/service";

export const POST = endpoint({
  operationId: "summarizeExperimentQuotes",
  summary: "Summarise the quotes of an experiment",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: ExperimentInput,
  takesForms: true,
  response: ExperimentSummaryAnswer,
  handler: ({ body }) => summarizeGivenExperiment(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
