import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { listInvitations } from "#lib/organizations/invitations";
import { Invitation } from "#lib/organizations/schema";
import { PageQuery } from "#lib/page";

export const GET = endpoint({
  operationId: "listInvitations",
  summary: "List the open invitations, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  query: PageQuery,
  response: z.object({ invitations: z.array(Invitation) }),
  handler: ({ ctx, query }) => listInvitations(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
