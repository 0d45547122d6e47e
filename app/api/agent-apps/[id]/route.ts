import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { AgentAppAnswer, AgentAppDetails, UpdateApp } from "#lib/apps/schema";
import { deleteApp, getApp, updateApp } from "#lib/apps/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

const params = z.object({ id: z.uuid("Agent app not found") });

export const GET = endpoint({
  operationId: "getAgentApp",
  summary: "Get an agent app with its packages",
  description: "A public app of another organization comes without the addresses of its packages.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: AgentAppDetails,
  handler: ({ ctx, params }) => getApp(ctx, params.id),
});

export const PATCH = endpoint({
  operationId: "updateAgentApp",
  summary: "Update an agent app",
  description: "How packages are signed can only be changed with the scope admin:write.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params,
  body: UpdateApp,
  response: AgentAppAnswer,
  handler: ({ ctx, params, body }) => updateApp(ctx, params.id, body),
});

export const DELETE = endpoint({
  operationId: "deleteAgentApp",
  summary: "Delete an agent app with its packages, web hooks and files",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params,
  response: Message,
  errors: ["conflict"],
  handler: ({ ctx, params }) => deleteApp(ctx, params.id),
});

export const { POST, PUT, OPTIONS } = notAllowed("GET", "PATCH", "DELETE");
