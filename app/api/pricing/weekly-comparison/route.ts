import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ComparisonAnswer, ComparisonInput } from "#lib/pricing/review/schema";
import { compareGivenWeeks } from "#lib/pricing/review/service";

export const POST = endpoint({
  operationId: "compareWeeklyMetrics",
  summary: "Compare the figures of two weeks",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: ComparisonInput,
  takesForms: true,
  response: ComparisonAnswer,
  handler: ({ body }) => compareGivenWeeks(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
