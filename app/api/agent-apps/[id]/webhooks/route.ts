import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { createWebhook, listWebhooks } from "#lib/webhooks/register/service";
import { CreateAppWebhook, CreatedWebhook, Webhooks } from "#lib/webhooks/schema";

const params = z.object({ id: z.uuid("Agent app not found") });

export const GET = endpoint({
  operationId: "listAgentAppWebhooks",
  summary: "List the web hooks of an agent app, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  query: PageQuery,
  response: Webhooks,
  errors: ["not_found"],
  handler: ({ ctx, params, query }) => listWebhooks(ctx, { type: "agent_app", id: params.id }, query),
});

export const POST = endpoint({
  operationId: "createAgentAppWebhook",
  summary: "Register a web hook for an agent app",
  description:
    "Deliveries are signed when the web hook has a secret, are retried for about 28 hours, and may arrive in any order and more than once under one delivery id.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params,
  body: CreateAppWebhook,
  response: CreatedWebhook,
  status: 201,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params, body }) => createWebhook(ctx, { type: "agent_app", id: params.id }, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
