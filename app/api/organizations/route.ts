import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { OwnOrganizations, SwitchOrganization } from "#lib/organizations/schema";
import { listOwnOrganizations, switchOrganization } from "#lib/organizations/service";

export const GET = endpoint({
  operationId: "listOrganizations",
  summary: "List the organizations of the person who calls",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: OwnOrganizations,
  handler: ({ ctx }) => listOwnOrganizations(ctx),
});

export const PATCH = endpoint({
  operationId: "switchOrganization",
  summary: "Switch to another of one's organizations",
  dialect: cloud,
  auth: ["session"],
  scopes: [],
  rateLimit: "default",
  body: SwitchOrganization,
  response: OwnOrganizations,
  errors: ["not_found"],
  handler: ({ ctx, body }) => switchOrganization(ctx, body.organization_id),
});

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
