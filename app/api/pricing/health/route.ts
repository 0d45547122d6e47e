import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { HealthAnswer } from "#lib/pricing/health/schema";
import { getPricingHealth } from "#lib/pricing/health/service";

export const GET = endpoint({
  operationId: "getPricingHealth",
  summary: "What today's work has cost against the daily budget",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: HealthAnswer,
  handler: ({ ctx }) => getPricingHealth(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
