import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { IpPolicy, PutIpPolicy } from "#lib/security/schema";
import { getIpPolicy, putIpPolicy } from "#lib/security/service";

export const GET = endpoint({
  operationId: "getIpAllowlist",
  summary: "From which addresses API keys may be used",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  response: IpPolicy,
  handler: ({ ctx }) => getIpPolicy(ctx),
});

export const PUT = endpoint({
  operationId: "updateIpAllowlist",
  summary: "Set from which addresses API keys may be used",
  description:
    "Enforcing a list that leaves out the caller's own address needs `confirm_lockout`. Logins are never held to it.",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: PutIpPolicy,
  response: IpPolicy,
  handler: ({ ctx, body }) => putIpPolicy(ctx, body),
});

export const { POST, PATCH, DELETE, OPTIONS } = notAllowed("GET", "PUT");
