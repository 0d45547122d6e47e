import { Readiness } from "#lib/health/schema";
import { getReadiness } from "#lib/health/service";
import { plain } from "#lib/http/dialects/plain";
import { endpoint } from "#lib/http/endpoint";
import { json } from "#lib/http/json";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "checkReadiness",
  summary: "Whether this process should be given requests; 503 when not",
  dialect: plain,
  auth: [],
  scopes: [],
  rateLimit: "none",
  raw: true,
  response: Readiness,
  otherAnswers: {
    503: { description: "Not to be given requests; the same report.", content: { "application/json": Readiness } },
  },
  handler: async () => {
    const readiness = await getReadiness();
    return json(readiness, readiness.ready ? 200 : 503);
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
