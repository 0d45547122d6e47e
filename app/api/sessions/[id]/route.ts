import { z } from "zod";
import { notFound } from "#lib/errors";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { type Endpoint, endpoint, type RouteArguments, type Shown } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { pathOf } from "#lib/http/pipeline";
import { getOrchestrationSession } from "#lib/orchestration/session-endpoints";
import { UpdateWorkSession, WorkSessionAnswer } from "#lib/work-sessions/schema";
import { getWorkSession, patchWorkSession } from "#lib/work-sessions/session-endpoints";

// Contract K2: 24 hex characters are an orchestration session's id (also when all are digits), a shorter whole number is a
// work session's, and everything else is unknown in the frame of document 002.
const workPath = /\/sessions\/\d{1,19}\/?$/;

/** Two declarations under one URL; the path says which of them takes the call. */
function byPath(work: Endpoint, other: Endpoint, shown: Shown): Endpoint {
  const run = (request: Request, route?: RouteArguments) =>
    (workPath.test(pathOf(request.url)) ? work : other)(request, route);
  return Object.assign(run, { spec: other.spec, shown });
}

const policy = {
  summary: "Log what a work session achieved, or end it",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params: z.object({ id: z.string() }),
  handler: () => {
    throw notFound("Session");
  },
} as const;
const unknown = endpoint(policy);

export const GET = byPath(getWorkSession, getOrchestrationSession, {
  operationId: "getSession",
  summary: "Get a work session or an orchestration session",
  description: "A whole number is a work session's id, 24 hexadecimal characters are an orchestration session's.",
  declarations: [getOrchestrationSession.spec, getWorkSession.spec],
});
export const PATCH = byPath(
  patchWorkSession,
  endpoint({
    ...policy,
    body: UpdateWorkSession,
    response: WorkSessionAnswer,
    choose: () => unknown.spec,
  }),
  {
    operationId: "updateWorkSession",
    summary: policy.summary,
    description:
      "Only work sessions (whole numbers) are changed here. Ending one draws its credits from the account's allowance.",
    declarations: [patchWorkSession.spec],
  },
);

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
