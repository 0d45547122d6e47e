import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { CreateThread, Thread } from "#lib/orchestration/schema";
import { createThread } from "#lib/orchestration/service";

export const POST = endpoint({
  operationId: "createThread",
  summary: "Open a thread in a session",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  countedFor: countedForSession("session", { field: "session_id" }),
  body: CreateThread,
  response: Thread,
  status: 201,
  errors: ["not_found"],
  handler: ({ ctx, body }) => createThread(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
