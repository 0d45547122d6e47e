import { LoggedIn, Login } from "#lib/accounts/schema";
import { logIn } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "logIn",
  summary: "Log in with e-mail and password",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: Login,
  response: LoggedIn,
  errors: ["forbidden", "unavailable"],
  handler: ({ ctx, body, request, headers }) => logIn(body, ctx.ip, request, headers),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
