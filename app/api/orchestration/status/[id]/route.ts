import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { getOrchestration } from "#lib/orchestration/orchestrations";
import { Orchestration } from "#lib/orchestration/schema";

export const GET = endpoint({
  operationId: "getOrchestrationStatus",
  summary: "Get an orchestration with all results so far",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("orchestration", { param: "id" }),
  response: Orchestration,
  handler: ({ ctx, params }) => getOrchestration(ctx, params.id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
