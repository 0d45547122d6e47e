import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { eventStream, lastEventId } from "#lib/http/event-stream";
import { notAllowed } from "#lib/http/not-allowed";
import { runEventsOf } from "#lib/http/openapi-answers";
import { streamRun } from "#lib/runs/follow";

export const GET = endpoint({
  operationId: "streamRunEvents",
  summary: "Follow a run of any kind (Server-Sent Events)",
  description: "Begins with what happened so far, or after `Last-Event-ID`; ends with the run.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Run not found") }),
  raw: true,
  answers: runEventsOf(),
  handler: async ({ ctx, params, request }) => eventStream(await streamRun(ctx, params.id, lastEventId(request))),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
