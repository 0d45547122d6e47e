import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getUserAnalytics } from "#lib/orchestration/analytics";
import { UserAnalytics } from "#lib/orchestration/view-schema";

export const GET = endpoint({
  operationId: "getUserAnalytics",
  summary: "Sums of all sessions of a user",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ user_id: z.string() }),
  response: UserAnalytics,
  handler: ({ ctx, params }) => getUserAnalytics(ctx, params.user_id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
