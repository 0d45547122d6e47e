import { z } from "zod";
import { followDeployment } from "#lib/deployments/follow";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { eventStream, lastEventId } from "#lib/http/event-stream";
import { notAllowed } from "#lib/http/not-allowed";
import { eventsOf } from "#lib/http/openapi-answers";

export const GET = endpoint({
  operationId: "streamDeploymentEvents",
  summary: "Follow a deployment (Server-Sent Events)",
  description: "Begins with what happened so far, or after `Last-Event-ID`; ends when the deployment has ended.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Deployment not found") }),
  raw: true,
  answers: eventsOf({
    "deployment.queued, deployment.started, deployment.resumed, deployment.requeued": "where the deployment stands",
    "step.started, step.completed, step.failed, step.retrying": "`{step, log?, error?}`",
    "deployment.completed, deployment.failed": "how it ended; the last event",
  }),
  handler: async ({ ctx, params, request }) => {
    const events = await followDeployment(ctx, params.id, lastEventId(request));
    return eventStream(events);
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
