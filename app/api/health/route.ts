import { Health } from "#lib/health/schema";
import { getHealth } from "#lib/health/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { json } from "#lib/http/json";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getHealth",
  summary: "Health of the instance; 503 only when unhealthy",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "none",
  raw: true,
  response: Health,
  otherAnswers: { 503: { description: "Unhealthy; the same report.", content: { "application/json": Health } } },
  handler: async () => {
    const health = await getHealth();
    return health.status === "unhealthy" ? json(health, 503) : health;
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
