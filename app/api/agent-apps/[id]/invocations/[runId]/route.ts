import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getInvocation } from "#lib/runtime/invocations/read";
import { InvocationDetails } from "#lib/runtime/invocations/schema";

export const GET = endpoint({
  operationId: "getInvocation",
  summary: "Get a call of an app: its state, result and steps",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Invocation not found"), runId: z.uuid("Invocation not found") }),
  response: InvocationDetails,
  handler: ({ ctx, params }) => getInvocation(ctx, params.id, params.runId),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
