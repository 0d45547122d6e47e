import { Health } from "#lib/health/schema";
import { getHealth } from "#lib/health/service";
import { plain } from "#lib/http/dialects/plain";
import { endpoint } from "#lib/http/endpoint";
import { json } from "#lib/http/json";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "checkHealth",
  summary: "Health of the instance; 503 only when unhealthy",
  dialect: plain,
  auth: [],
  scopes: [],
  rateLimit: "none",
  raw: true,
  response: Health,
  otherAnswers: { 503: { description: "Unhealthy; the same report.", content: { "application/json": Health } } },
  handler: async () => {
    const health = await getHealth();
    return json(health, health.status === "unhealthy" ? 503 : 200);
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
