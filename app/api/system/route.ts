import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { SystemStats } from "#lib/orchestrator/schema";
import { getSystemStats } from "#lib/orchestrator/system";

export const GET = endpoint({
  operationId: "getSystem",
  summary: "The host: temperature, load, memory, uptime, disk; and the agents at work",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "system",
  response: SystemStats,
  handler: ({ ctx }) => getSystemStats(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
