import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { eventStream, lastEventId } from "#lib/http/event-stream";
import { notAllowed } from "#lib/http/not-allowed";
import { runEventsOf } from "#lib/http/openapi-answers";
import { followInvocation } from "#lib/runtime/invocations/read";

export const GET = endpoint({
  operationId: "streamInvocationEvents",
  summary: "Follow a call of an app (Server-Sent Events)",
  description: "Begins with what happened so far, or after `Last-Event-ID`; ends with `result` or `error`.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Invocation not found"), runId: z.uuid("Invocation not found") }),
  raw: true,
  answers: runEventsOf({
    result: "what the call answers; the last event of a call that succeeded",
    error: "`{error, code}`; the last event of a call that failed",
  }),
  handler: async ({ ctx, params, request }) =>
    eventStream(await followInvocation(ctx, params.id, params.runId, lastEventId(request))),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
