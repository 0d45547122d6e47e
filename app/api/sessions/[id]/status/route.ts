import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { countedForSession } from "#lib/orchestration/counted";
import { ChangeStatus, Session } from "#lib/orchestration/schema";
import { changeSessionStatus } from "#lib/orchestration/service";

export const PATCH = endpoint({
  operationId: "updateSessionStatus",
  summary: "Pause, resume, complete or cancel an orchestration session",
  description: "`completed` and `cancelled` are final; cancelling stops what runs in the session.",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("session", { param: "id" }),
  body: ChangeStatus,
  response: Session,
  handler: ({ ctx, params, body }) => changeSessionStatus(ctx, params.id, body),
});

export const { GET, POST, PUT, DELETE, OPTIONS } = notAllowed("PATCH");
