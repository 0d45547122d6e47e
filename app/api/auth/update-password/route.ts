import { Message, SetPassword } from "#lib/accounts/schema";
import { setPassword } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "updatePassword",
  summary: "Set a new password with the token of a mailed link",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: SetPassword,
  response: Message,
  errors: ["unauthorized", "unavailable"],
  handler: ({ body }) => setPassword(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
