import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { RealisedAnswer, RealisedQuery } from "#lib/pricing/realised/schema";
import { reportRealised } from "#lib/pricing/realised/service";

export const GET = endpoint({
  operationId: "getRealisedMargin",
  summary: "Quoted against realised margin by model and segment",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: RealisedQuery,
  response: RealisedAnswer,
  handler: ({ ctx, query }) => reportRealised(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
