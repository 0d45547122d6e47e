import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { deleteWebhook } from "#lib/webhooks/register/service";

export const DELETE = endpoint({
  operationId: "deleteWebhook",
  summary: "Delete a web hook of the organization with its delivery log",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Webhook not found") }),
  response: z.object({ success: z.literal(true), message: z.string() }),
  errors: ["not_found"],
  handler: async ({ ctx, params }) => ({
    success: true,
    ...(await deleteWebhook(ctx, { type: "organization" }, params.id)),
  }),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
