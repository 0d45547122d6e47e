import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import {
  CreatedWorkSession,
  CreateWorkSession,
  UpdateWorkSession,
  WorkSessionAnswer,
  WorkSessionQuery,
  WorkSessions,
} from "#lib/work-sessions/schema";
import { createSession, getSession, listSessions, updateSession } from "#lib/work-sessions/service";
import { pathId } from "#lib/workdesk/fields";

// Not in a route file of their own: the paths are shared with the orchestration sessions (contract K1, K2).
const params = z.object({ id: pathId("Session") });

/** GET /api/sessions (P6). */
export const listWorkSessions = endpoint({
  operationId: "listWorkSessions",
  summary: "List the last 50 work sessions, newest first",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: WorkSessionQuery,
  response: WorkSessions,
  handler: ({ ctx, query }) => listSessions(ctx, query),
});

/** POST /api/sessions with `project_id` or `account_id` (P7). */
export const createWorkSession = endpoint({
  summary: "Start a work session",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateWorkSession,
  response: CreatedWorkSession,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, body }) => createSession(ctx, body),
});

/** GET /api/sessions/{integer} (+P3). */
export const getWorkSession = endpoint({
  summary: "Get a work session",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: WorkSessionAnswer,
  handler: ({ ctx, params }) => getSession(ctx, params.id),
});

/** PATCH /api/sessions/{integer} (+P3). */
export const patchWorkSession = endpoint({
  summary: "Log what a work session achieved, or end it",
  description: "Ending it draws its credits from the account's allowance.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params,
  body: UpdateWorkSession,
  response: WorkSessionAnswer,
  errors: ["conflict"],
  handler: ({ ctx, params, body }) => updateSession(ctx, params.id, body),
});
