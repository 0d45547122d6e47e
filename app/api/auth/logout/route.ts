import { Message } from "#lib/accounts/schema";
import { logOut } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "logOut",
  summary: "Log out; harmless without a session",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  response: Message,
  handler: ({ request, headers }) => logOut(request, headers),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
