import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { withdrawInvitation } from "#lib/organizations/invitations";

export const DELETE = endpoint({
  operationId: "withdrawInvitation",
  summary: "Withdraw an open invitation",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Invitation not found") }),
  response: Message,
  errors: ["not_found"],
  handler: ({ ctx, params }) => withdrawInvitation(ctx, params.id),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
