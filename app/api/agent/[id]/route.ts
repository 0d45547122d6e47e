import { z } from "zod";
import { AgentDetails, CancelledAgent } from "#lib/agents/schema";
import { cancelAgent, getAgent } from "#lib/agents/service";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

const params = z.object({ id: z.string() });

export const GET = endpoint({
  operationId: "getAgent",
  summary: "Get an agent with its result",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: AgentDetails,
  errors: ["not_found"],
  handler: ({ ctx, params: { id } }) => getAgent(ctx, id),
});

export const DELETE = endpoint({
  operationId: "cancelAgent",
  summary: "Cancel an agent that has not ended, and give back what it did not use",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params,
  response: CancelledAgent,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params: { id } }) => cancelAgent(ctx, id),
});

export const { POST, PUT, PATCH, OPTIONS } = notAllowed("GET", "DELETE");
