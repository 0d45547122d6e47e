import { metrics } from "#lib/metrics";
import { registerProviderMetrics } from "#lib/models/provider-metrics";

/** The counters of this process as an answer in Prometheus' text format. */
export async function metricsText(): Promise<Response> {
  registerProviderMetrics();
  const text = await metrics.registry.metrics();
  return new Response(text, { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } });
}
