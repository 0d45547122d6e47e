import { agentListSpec, listAgents } from "#lib/agents/list";
import { AgentList } from "#lib/agents/schema";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { listParameters } from "#lib/list/spec";

export const GET = endpoint({
  operationId: "listAgents",
  summary: "List agents: filtered, sorted, by offset or cursor",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "agents",
  query: listParameters(agentListSpec),
  response: AgentList,
  handler: ({ ctx, query }) => listAgents(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
