import { metricsText } from "#lib/health/metrics-text";
import { MetricsSummary } from "#lib/health/schema";
import { getMetricsSummary } from "#lib/health/service";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { prefersText } from "#lib/http/json";
import { notAllowed } from "#lib/http/not-allowed";
import { text } from "#lib/http/openapi-answers";

export const GET = endpoint({
  operationId: "getMetrics",
  summary: "Counters as JSON, or in Prometheus' text format with Accept: text/plain",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  raw: true,
  response: MetricsSummary,
  answers: { "text/plain": text("Prometheus' text format, with `Accept: text/plain`.") },
  handler: async ({ ctx, request }) => (prefersText(request) ? metricsText() : getMetricsSummary(ctx)),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
