import { ActiveAgents } from "#lib/agents/schema";
import { listActiveAgents } from "#lib/agents/service";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "listActiveAgents",
  summary: "List the agents that wait or work, and what today has cost",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: ActiveAgents,
  handler: ({ ctx }) => listActiveAgents(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
