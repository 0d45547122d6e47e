import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { StatusAnswer } from "#lib/pricing/health/schema";
import { getPricingStatus } from "#lib/pricing/health/service";

export const GET = endpoint({
  operationId: "getPricingStatus",
  summary: "The pricing policy in force with a sample quote in each segment",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: StatusAnswer,
  handler: ({ ctx }) => getPricingStatus(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
