import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { IntervalAnswer, IntervalInput } from "#lib/pricing/realised/schema";
import { quoteInterval } from "#lib/pricing/realised/service";

export const POST = endpoint({
  operationId: "createIntervalQuote",
  summary: "Quote the median and the 90th percentile of your own runs",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: IntervalInput,
  takesForms: true,
  response: IntervalAnswer,
  handler: ({ ctx, body }) => quoteInterval(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
