import { Message, Resend } from "#lib/accounts/schema";
import { resendConfirmation } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "resendConfirmation",
  summary: "Mail the confirmation link again",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: Resend,
  response: Message,
  errors: ["unavailable"],
  handler: ({ body }) => resendConfirmation(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
