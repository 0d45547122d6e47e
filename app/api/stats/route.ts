import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { StatsAnswer } from "#lib/workdesk/schema";
import { getStats } from "#lib/workdesk/service";

export const GET = endpoint({
  operationId: "getStats",
  summary: "Figures over all projects and accounts",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: StatsAnswer,
  handler: ({ ctx }) => getStats(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
