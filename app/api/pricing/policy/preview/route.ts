import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { previewPolicy } from "#lib/pricing/policy/preview";
import { PolicyPreview, UpdatePolicy } from "#lib/pricing/policy/schema";

export const POST = endpoint({
  operationId: "previewPricingPolicy",
  summary: "What a change of the policy would do to the newest quotes",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: UpdatePolicy,
  takesForms: true,
  response: PolicyPreview,
  handler: ({ ctx, body }) => previewPolicy(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
