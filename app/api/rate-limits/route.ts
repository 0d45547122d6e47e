import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { RateLimits } from "#lib/orchestrator/schema";
import { getRateLimits } from "#lib/orchestrator/service";

export const GET = endpoint({
  operationId: "getRateLimits",
  summary: "Calls to the providers in this hour of the clock",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: RateLimits,
  handler: ({ ctx }) => getRateLimits(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
