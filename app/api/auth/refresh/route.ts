import { LoggedIn, Refresh } from "#lib/accounts/schema";
import { refresh } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "refreshLogin",
  summary: "A new session for a refresh token, from the body or the cookie",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: Refresh,
  response: LoggedIn,
  errors: ["unauthorized", "unavailable"],
  handler: ({ body, request, headers }) => refresh(body.refresh_token, request, headers),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
