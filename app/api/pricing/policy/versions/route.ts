import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { PolicyVersions } from "#lib/pricing/policy/schema";
import { listPolicies } from "#lib/pricing/policy/service";

export const GET = endpoint({
  operationId: "listPricingPolicyVersions",
  summary: "All versions of the pricing policy, newest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: PageQuery,
  response: PolicyVersions,
  handler: ({ ctx, query }) => listPolicies(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
