import { z } from "zod";
import { HandoffAnswer } from "#lib/handoff/schema";
import { getHandoff } from "#lib/handoff/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { pathId } from "#lib/workdesk/fields";

export const GET = endpoint({
  operationId: "getHandoff",
  summary: "Get a hand-over with its briefing and the original",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: pathId("Hand-over") }),
  response: HandoffAnswer,
  handler: ({ ctx, params }) => getHandoff(ctx, params.id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
