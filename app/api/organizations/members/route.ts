import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { inviteMember } from "#lib/organizations/invitations";
import { CreatedInvitation, InviteMember, Member } from "#lib/organizations/schema";
import { listMembers } from "#lib/organizations/service";
import { PageQuery } from "#lib/page";

export const GET = endpoint({
  operationId: "listMembers",
  summary: "List the members, oldest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: PageQuery,
  response: z.object({ members: z.array(Member) }),
  handler: ({ ctx, query }) => listMembers(ctx, query),
});

export const POST = endpoint({
  operationId: "inviteMember",
  summary: "Invite somebody by e-mail address",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: InviteMember,
  response: CreatedInvitation,
  status: 201,
  errors: ["conflict"],
  handler: ({ ctx, body }) => inviteMember(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
