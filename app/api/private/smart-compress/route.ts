import { SmartBriefing, SmartCompress } from "#lib/handoff/schema";
import { smartCompress } from "#lib/handoff/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "compressContext",
  summary: "Compress a context by level",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: SmartCompress,
  response: SmartBriefing,
  errors: ["not_found", "payment_required", "unavailable", "timeout"],
  handler: ({ ctx, body, request }) => smartCompress(ctx, body, request.signal),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
