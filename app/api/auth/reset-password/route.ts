import { AskReset, Message } from "#lib/accounts/schema";
import { askForReset } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "requestPasswordReset",
  summary: "Ask for a link to set a new password",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: AskReset,
  response: Message,
  errors: ["unavailable"],
  handler: ({ body }) => askForReset(body.email),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
