import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { BlockedIps, BlockIp, IpBlocked, IpUnblocked, UnblockIp } from "#lib/security/schema";
import { blockIp, listBlockedIps, unblockIp } from "#lib/security/service";

export const GET = endpoint({
  operationId: "listBlockedIps",
  summary: "List the blocked addresses, newest first",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  response: BlockedIps,
  handler: ({ ctx }) => listBlockedIps(ctx),
});

export const POST = endpoint({
  operationId: "blockIp",
  summary: "Block an address for all API keys, for a time",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: BlockIp,
  response: IpBlocked,
  errors: ["conflict"],
  handler: ({ ctx, body }) => blockIp(ctx, body),
});

export const DELETE = endpoint({
  operationId: "unblockIp",
  summary: "Let a blocked address in again",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  query: UnblockIp,
  body: UnblockIp,
  response: IpUnblocked,
  errors: ["not_found"],
  handler: ({ ctx, query, body }) => unblockIp(ctx, query.ip ?? body.ip),
});

export const { PUT, PATCH, OPTIONS } = notAllowed("GET", "POST", "DELETE");
