import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { startOrchestration } from "#lib/orchestration/orchestrations";
import { Orchestration, StartOrchestration } from "#lib/orchestration/schema";

export const POST = endpoint({
  operationId: "startOrchestration",
  summary: "Start an orchestration; it goes on after the answer",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  countedFor: countedForSession("thread", { field: "thread_id" }),
  body: StartOrchestration,
  response: Orchestration,
  status: 201,
  errors: ["not_found"],
  handler: ({ ctx, body }) => startOrchestration(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
