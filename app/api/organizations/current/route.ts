import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CurrentOrganization, Organization, UpdateOrganization } from "#lib/organizations/schema";
import { getCurrentOrganization, updateOrganization } from "#lib/organizations/service";

export const GET = endpoint({
  operationId: "getCurrentOrganization",
  summary: "Get the current organization",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: CurrentOrganization,
  handler: ({ ctx }) => getCurrentOrganization(ctx),
});

export const PATCH = endpoint({
  operationId: "updateCurrentOrganization",
  summary: "Rename the current organization",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  body: UpdateOrganization,
  response: z.object({ organization: Organization }),
  handler: ({ ctx, body }) => updateOrganization(ctx, body),
});

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
