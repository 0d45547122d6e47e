import { Briefing, Compress } from "#lib/handoff/schema";
import { compressContext } from "#lib/handoff/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "createHandoff",
  summary: "Write the briefing of a hand-over",
  description:
    "With `credits_used` the open session of the project is handed off and its credits are drawn from its account.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: Compress,
  response: Briefing,
  errors: ["not_found", "payment_required", "unavailable", "timeout"],
  handler: ({ ctx, body, request }) => compressContext(ctx, body, request.signal),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
