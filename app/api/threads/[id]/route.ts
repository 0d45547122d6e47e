import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { ThreadDetails } from "#lib/orchestration/schema";
import { getThread } from "#lib/orchestration/service";

export const GET = endpoint({
  operationId: "getThread",
  summary: "Get a thread with its orchestrations",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("thread", { param: "id" }),
  response: ThreadDetails,
  handler: ({ ctx, params }) => getThread(ctx, params.id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
