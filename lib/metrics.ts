import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { singleton } from "#lib/singleton";

function create() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "baton_" });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: "http_requests_total",
      help: "Total HTTP requests",
      labelNames: ["method", "endpoint"] as const,
      registers,
    }),
    failures: new Counter({
      name: "baton_http_failures_total",
      help: "HTTP requests answered with a status of 500 or above",
      labelNames: ["method", "endpoint"] as const,
      registers,
    }),
    seconds: new Histogram({
      name: "baton_http_request_seconds",
      help: "Time from the request's arrival to its answer",
      labelNames: ["method", "endpoint"] as const,
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    }),
    sockets: new Gauge({ name: "websocket_connections", help: "Active WebSocket connections", registers }),
  };
}

/** The process's counters. Endpoints are named by their template, never by raw ids, and carry no tenant. */
export const metrics = singleton("metrics", create);

type Series = { requests: Counter.Internal; seconds: Histogram.Internal<"method" | "endpoint"> };
const series = singleton("metrics.series", () => new Map<string, Series>());

/** Answers and failures of the last hour, minute by minute, for the error rate of the health page. */
const minutes = singleton("metrics.minutes", () => new Map<number, { answers: number; failures: number }>());

/** The counters of one method and endpoint. Kept, because looking labels up costs more than counting. */
function seriesOf(method: string, endpoint: string) {
  const name = `${method} ${endpoint}`;
  let found = series.get(name);
  if (!found) {
    found = { requests: metrics.requests.labels(method, endpoint), seconds: metrics.seconds.labels(method, endpoint) };
    series.set(name, found);
  }
  return found;
}

/** Counts one answered request. `seconds` is how long it took. */
export function countRequest(method: string, endpoint: string, status: number, seconds: number): void {
  const { requests, seconds: histogram } = seriesOf(method, endpoint);
  requests.inc();
  histogram.observe(seconds);
  const minute = Math.floor(Date.now() / 60_000);
  let counted = minutes.get(minute);
  if (!counted) {
    counted = { answers: 0, failures: 0 };
    minutes.set(minute, counted);
    for (const old of minutes.keys()) if (old <= minute - 60) minutes.delete(old);
  }
  counted.answers += 1;
  if (status < 500) return;
  counted.failures += 1;
  metrics.failures.labels(method, endpoint).inc();
}

/** All requests this process has answered, and the share of 5xx among those of the last hour (0 to 1). */
export function requestFigures(): { total: number; errorRate: number } {
  const oldest = Math.floor(Date.now() / 60_000) - 60;
  let answers = 0;
  let failures = 0;
  for (const [minute, counted] of minutes) {
    if (minute <= oldest) continue;
    answers += counted.answers;
    failures += counted.failures;
  }
  return { total: answers, errorRate: answers === 0 ? 0 : failures / answers };
}
