import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { countedForSession } from "#lib/orchestration/counted";
import { CreateSession, Session } from "#lib/orchestration/schema";
import { createSession, getSession } from "#lib/orchestration/service";

// Not in a route file of their own: the paths are shared with the work sessions (contract K1, K2).

/** POST /api/sessions/ (X1). */
export const createOrchestrationSession = endpoint({
  summary: "Open an orchestration session",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateSession,
  response: Session,
  status: 201,
  handler: ({ ctx, body }) => createSession(ctx, body),
});

/** GET /api/sessions/{24 hex} (X2). */
export const getOrchestrationSession = endpoint({
  summary: "Get an orchestration session",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  countedFor: countedForSession("session", { param: "id" }),
  response: Session,
  handler: ({ ctx, params }) => getSession(ctx, params.id),
});
