import { metricsText } from "#lib/health/metrics-text";
import { plain } from "#lib/http/dialects/plain";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { text } from "#lib/http/openapi-answers";

export const GET = endpoint({
  operationId: "getPrometheusMetrics",
  summary: "Counters of this process in Prometheus' text format",
  dialect: plain,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  raw: true,
  answers: { "text/plain": text("Prometheus' text format.") },
  handler: () => metricsText(),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
