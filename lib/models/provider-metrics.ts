import { Gauge } from "prom-client";
import { metrics } from "#lib/metrics";
import { type ProviderHealth, providerHealth } from "#lib/models/provider-health";
import { singleton } from "#lib/singleton";

const stateNumbers = { closed: 0, "half-open": 1, open: 2 };

const figures: [string, string, (health: ProviderHealth) => number][] = [
  ["state", "Breaker of a provider: 0 closed, 1 half-open, 2 open", ({ state }) => stateNumbers[state]],
  ["in_flight", "Calls to a provider that are under way", ({ inFlight }) => inFlight],
  ["queued", "Calls that wait for a place at a provider", ({ queued }) => queued],
  ["calls", "Calls made to a provider since the start of the process", ({ calls }) => calls],
  ["failures", "Calls of those that the provider failed", ({ failures }) => failures],
  ["retries", "Calls of those that were made again after a failure", ({ retries }) => retries],
];

/** Registers the figures of the operator's providers, read when they are asked for: counting costs calls nothing. */
export function registerProviderMetrics(): void {
  singleton("models.metrics", () =>
    figures.map(
      ([name, help, read]) =>
        new Gauge({
          name: `baton_provider_${name}`,
          help,
          labelNames: ["provider"],
          registers: [metrics.registry],
          collect() {
            this.reset();
            for (const health of providerHealth()) this.labels(health.provider).set(read(health));
          },
        }),
    ),
  );
}
