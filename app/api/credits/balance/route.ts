import { CreditBalance } from "#lib/billing/schema";
import { getCreditBalance } from "#lib/billing/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getCreditBalance",
  summary: "Get the credit balance",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: CreditBalance,
  handler: ({ ctx }) => getCreditBalance(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
