import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { removeMember } from "#lib/organizations/service";

export const DELETE = endpoint({
  operationId: "removeMember",
  summary: "Remove a member, or leave",
  description: "Needs admin:write, except that everybody may remove himself. The member's keys are revoked with him.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: [],
  rateLimit: "default",
  params: z.object({ userId: z.uuid("Member not found") }),
  response: Message,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params }) => removeMember(ctx, params.userId),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
