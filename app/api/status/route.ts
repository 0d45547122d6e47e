import { AgentDetails } from "#lib/agents/schema";
import { getAgent } from "#lib/agents/service";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { idOfNamed, NamedAgent, successorOfAgent } from "#lib/http/legacy-agent";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getAgentLegacy",
  summary: "Get an agent; the name that version 3 had for it",
  deprecated: successorOfAgent,
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: NamedAgent,
  response: AgentDetails,
  errors: ["not_found"],
  handler: ({ ctx, query }) => getAgent(ctx, idOfNamed(query) ?? ""),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
