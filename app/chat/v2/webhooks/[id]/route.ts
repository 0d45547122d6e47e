import { z } from "zod";
import { orchestra } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { deleteWebhook } from "#lib/webhooks/register/service";

export const DELETE = endpoint({
  operationId: "deleteChatWebhook",
  summary: "Delete a web hook of the chat with its delivery log",
  dialect: orchestra,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Webhook not found") }),
  response: z.object({ deleted: z.literal(true), id: z.uuid() }),
  errors: ["not_found"],
  handler: async ({ ctx, params }) => {
    await deleteWebhook(ctx, { type: "chat" }, params.id);
    return { deleted: true, id: params.id };
  },
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
