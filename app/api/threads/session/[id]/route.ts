import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { Thread } from "#lib/orchestration/schema";
import { listThreads } from "#lib/orchestration/service";

export const GET = endpoint({
  operationId: "listSessionThreads",
  summary: "List a session's threads, oldest first",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("session", { param: "id" }),
  response: z.array(Thread),
  handler: ({ ctx, params }) => listThreads(ctx, params.id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
