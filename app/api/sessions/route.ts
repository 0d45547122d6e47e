import { z } from "zod";
import { shared } from "#lib/http/dialects/shared";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreateSession, Session } from "#lib/orchestration/schema";
import { createOrchestrationSession } from "#lib/orchestration/session-endpoints";
import { CreatedWorkSession, CreateWorkSession } from "#lib/work-sessions/schema";
import { createWorkSession, listWorkSessions } from "#lib/work-sessions/session-endpoints";

// GET is always document 000's list; 002 has no such call.
export const GET = listWorkSessions;

/** Which document a POST speaks (contract K1): by the fields of its body, and without them by the slash at its end. */
function isWork(path: string, body: unknown): boolean {
  const fields = typeof body === "object" && body !== null ? body : {};
  if ("project_id" in fields || "account_id" in fields) return true;
  return !("user_id" in fields) && !path.endsWith("/");
}

const createSession = endpoint({
  operationId: "createSession",
  summary: "Start a work session, or open an orchestration session",
  description:
    "With `project_id` or `account_id` a work session (200, `{success, id, session_number}`); with `user_id` an orchestration session (201, the session itself). With none of them the slash at the end of the path decides. Errors before that is known carry both frames.",
  dialect: shared,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: z.union([CreateWorkSession, CreateSession]),
  response: z.union([CreatedWorkSession, Session]),
  status: 201,
  choose: ({ path, body }) => (isWork(path, body) ? createWorkSession : createOrchestrationSession).spec,
  handler: () => {
    throw new Error("One of the two declarations takes every call.");
  },
});

const declarations = [createWorkSession.spec, createOrchestrationSession.spec];
export const POST = Object.assign(createSession, { shown: { ...createSession.spec, declarations } });

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
