import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { listInvitations } from "#lib/organizations/invitations";
import { Invitation } from "#lib/organizations/schema";

export const GET = endpoint({
  summary: "List the open invitations, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  response: z.object({ invitations: z.array(Invitation) }),
  handler: ({ ctx }) => listInvitations(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
