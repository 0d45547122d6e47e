import { orchestra } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { createWebhook, listWebhooks } from "#lib/webhooks/register/service";
import { ChatWebhooks, CreateChatWebhook, CreatedChatWebhook } from "#lib/webhooks/schema";

const scope = { type: "chat" } as const;

export const GET = endpoint({
  operationId: "listChatWebhooks",
  summary: "List the chat's web hooks, newest first",
  dialect: orchestra,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  query: PageQuery,
  response: ChatWebhooks,
  handler: async ({ ctx, query }) => {
    const { webhooks } = await listWebhooks(ctx, scope, query);
    return { webhooks, count: webhooks.length };
  },
});

export const POST = endpoint({
  operationId: "createChatWebhook",
  summary: "Register a web hook for answered messages and ended sessions",
  dialect: orchestra,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateChatWebhook,
  response: CreatedChatWebhook,
  errors: ["conflict"],
  handler: async ({ ctx, body }) => (await createWebhook(ctx, scope, body)).webhook,
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
