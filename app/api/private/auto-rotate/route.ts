import { rotateAccount } from "#lib/handoff/rotation";
import { AutoRotate, Rotation } from "#lib/handoff/schema";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "rotateAccount",
  summary: "Give up an account and put the best other one to use",
  description: "`dry_run` answers what would happen and changes nothing.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: AutoRotate,
  response: Rotation,
  errors: ["not_found"],
  handler: ({ ctx, body }) => rotateAccount(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
