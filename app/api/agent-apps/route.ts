import { AgentAppAnswer, AgentApps, CreateApp } from "#lib/apps/schema";
import { createApp, listApps } from "#lib/apps/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";

export const GET = endpoint({
  operationId: "listAgentApps",
  summary: "List agent apps, newest first, each with its newest packages",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: PageQuery,
  response: AgentApps,
  handler: ({ ctx, query }) => listApps(ctx, query),
});

export const POST = endpoint({
  operationId: "createAgentApp",
  summary: "Create an agent app",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateApp,
  response: AgentAppAnswer,
  status: 201,
  handler: ({ ctx, body }) => createApp(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
