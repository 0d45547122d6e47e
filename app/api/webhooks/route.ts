import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { createWebhook, listWebhooks } from "#lib/webhooks/register/service";
import { CreateOrganizationWebhook, RegisteredWebhook, Webhooks } from "#lib/webhooks/schema";

const scope = { type: "organization" } as const;

export const GET = endpoint({
  operationId: "listWebhooks",
  summary: "List the web hooks of the organization, newest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  query: PageQuery,
  response: Webhooks,
  handler: ({ ctx, query }) => listWebhooks(ctx, scope, query),
});

export const POST = endpoint({
  operationId: "createWebhook",
  summary: "Register a web hook for events of the whole organization",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateOrganizationWebhook,
  response: RegisteredWebhook,
  errors: ["conflict"],
  handler: async ({ ctx, body }) => {
    const { webhook } = await createWebhook(ctx, scope, body);
    const { id: webhook_id, url, events } = webhook;
    return { success: true, webhook_id, url, events, message: "Webhook registered" };
  },
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
