import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { Session } from "#lib/orchestration/schema";
import { listSessionsOfUser } from "#lib/orchestration/service";

export const GET = endpoint({
  operationId: "listUserSessions",
  summary: "List a user's orchestration sessions, newest first",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ user_id: z.string() }),
  response: z.array(Session),
  handler: ({ ctx, params }) => listSessionsOfUser(ctx, params.user_id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
