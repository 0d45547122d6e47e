import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { cancelOrchestration } from "#lib/orchestration/orchestrations";
import { Orchestration } from "#lib/orchestration/schema";

export const POST = endpoint({
  operationId: "cancelOrchestration",
  summary: "Stop an orchestration",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("orchestration", { param: "id" }),
  response: Orchestration,
  handler: ({ ctx, params }) => cancelOrchestration(ctx, params.id),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
