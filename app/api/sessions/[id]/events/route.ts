import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { eventStream, lastEventId } from "#lib/http/event-stream";
import { notAllowed } from "#lib/http/not-allowed";
import { eventsOf } from "#lib/http/openapi-answers";
import { countedForSession } from "#lib/orchestration/counted";
import { streamSession } from "#lib/orchestration/feed";

export const GET = endpoint({
  operationId: "streamSessionEvents",
  summary: "Follow the orchestrations of a session (Server-Sent Events)",
  description: "Begins with what happened so far, or after `Last-Event-ID`, and goes on until you leave.",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("session", { param: "id" }),
  raw: true,
  answers: eventsOf({
    orchestration_started: "`{type, timestamp, thread_id, orchestration_id}`, as all of them have",
    model_selected: "`model_name`, `reasoning`",
    response_generated: "`model_name`, `response_preview`, `tokens_used`",
    evaluation_completed: "`evaluator_model`, `score`, `feedback`",
    "orchestration_completed, orchestration_failed":
      "`final_response`, `iterations`, `final_score`, `total_cost`, or what went wrong",
  }),
  handler: async ({ ctx, params, request }) => eventStream(await streamSession(ctx, params.id, lastEventId(request))),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
