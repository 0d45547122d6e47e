import { CurrentSession } from "#lib/accounts/schema";
import { getCurrentSession } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getLoginSession",
  summary: "Who is calling, and for which organization",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: [],
  rateLimit: "default",
  response: CurrentSession,
  handler: ({ ctx }) => getCurrentSession(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
