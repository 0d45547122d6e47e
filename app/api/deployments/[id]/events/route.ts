import { z } from "zod";
import { followDeployment } from "#lib/deployments/follow";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { eventStream, lastEventId } from "#lib/http/event-stream";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  summary: "Follow a deployment (Server-Sent Events)",
  description: "Begins with what happened so far, or after `Last-Event-ID`; ends when the deployment has ended.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Deployment not found") }),
  raw: true,
  handler: async ({ ctx, params, request }) => {
    const events = await followDeployment(ctx, params.id, lastEventId(request));
    return eventStream(events);
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
