import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getSessionAnalytics } from "#lib/orchestration/analytics";
import { countedForSession } from "#lib/orchestration/counted";
import { SessionAnalytics } from "#lib/orchestration/view-schema";

export const GET = endpoint({
  operationId: "getSessionAnalytics",
  summary: "Sums of a session",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("session", { param: "id" }),
  response: SessionAnalytics,
  handler: ({ ctx, params }) => getSessionAnalytics(ctx, params.id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
