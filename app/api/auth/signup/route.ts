import { SignedUp, SignUp } from "#lib/accounts/schema";
import { signUp } from "#lib/accounts/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "signUp",
  summary: "Sign up: an account with its organization",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: SignUp,
  response: SignedUp,
  status: 201,
  errors: ["conflict", "unavailable"],
  handler: ({ body }) => signUp(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
