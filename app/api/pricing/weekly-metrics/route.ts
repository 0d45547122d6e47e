import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { WeeklyAnswer, WeeklyInput } from "#lib/pricing/review/schema";
import { aggregateWeek } from "#lib/pricing/review/service";

export const POST = endpoint({
  operationId: "aggregateWeeklyMetrics",
  summary: "Aggregate the decisions of a week",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: WeeklyInput,
  takesForms: true,
  response: WeeklyAnswer,
  handler: ({ body }) => aggregateWeek(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
