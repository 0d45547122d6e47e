import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { acceptInvitation } from "#lib/organizations/invitations";
import { AcceptedInvitation, AcceptInvitation } from "#lib/organizations/schema";

export const POST = endpoint({
  operationId: "acceptInvitation",
  summary: "Accept an invitation, logged in with the invited address",
  dialect: cloud,
  auth: ["login"],
  scopes: [],
  rateLimit: "default",
  body: AcceptInvitation,
  response: AcceptedInvitation,
  errors: ["forbidden"],
  handler: ({ ctx, body }) => acceptInvitation(ctx.actor, body.token),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
