import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PolicyAnswer, UpdatePolicy } from "#lib/pricing/policy/schema";
import { getPolicy, updatePolicy } from "#lib/pricing/policy/service";

export const GET = endpoint({
  operationId: "getPricingPolicy",
  summary: "The pricing policy in force and the versions to come",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: PolicyAnswer,
  handler: ({ ctx }) => getPolicy(ctx),
});

export const PUT = endpoint({
  operationId: "updatePricingPolicy",
  summary: "Add a version of the pricing policy; what is left out stays as it is",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: UpdatePolicy,
  takesForms: true,
  response: PolicyAnswer,
  handler: ({ ctx, body }) => updatePolicy(ctx, body),
});

export const { POST, PATCH, DELETE, OPTIONS } = notAllowed("GET", "PUT");
