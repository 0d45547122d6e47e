import { LRUCache } from "lru-cache";
import { env } from "#lib/env";
import { unavailable } from "#lib/errors";
import { Breaker, type BreakerState } from "#lib/models/breaker";
import { Places } from "#lib/models/places";
import { listProviders, type Provider } from "#lib/models/providers";
import { singleton } from "#lib/singleton";

type Health = {
  breaker: Breaker;
  places: Places;
  calls: number;
  failures: number;
  retries: number;
  lastFailure: string;
};

// By address as well: what was learned of one server says nothing of the next that is configured in its place.
const known = singleton("models.health", () => new LRUCache<string, Health>({ max: 5_000 }));

function healthOf({ id, baseUrl }: Provider): Health {
  const name = `${id} ${baseUrl}`;
  let health = known.get(name);
  if (!health) {
    health = { breaker: new Breaker(), places: new Places(), calls: 0, failures: 0, retries: 0, lastFailure: "" };
    known.set(name, health);
  }
  return health;
}

/** A call's permission to ask a provider. Exactly one of its ends has to be told, once. */
export type Ticket = {
  /** `isFailure`: whether the provider failed; undefined when the end says nothing about it (refused input, the caller left). */
  end(isFailure: boolean | undefined, reason?: string): void;
};

function ticketOf(health: Health, placesMax: number): Ticket {
  const isTrying = health.breaker.pass();
  let isOpen = true;
  health.calls += 1;
  return {
    end(isFailure, reason = "") {
      if (!isOpen) return;
      isOpen = false;
      health.places.leave(placesMax);
      health.breaker.note(isFailure, isTrying);
      if (!isFailure) return;
      health.failures += 1;
      health.lastFailure = `${new Date().toISOString()} ${reason}`;
    },
  };
}

function requireClosed({ breaker }: Health, provider: Provider): void {
  const waitMs = breaker.waitMs();
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1_000);
  const message = `${provider.title} has failed repeatedly and is given a pause. Try again in ${seconds} s, or use another model.`;
  throw unavailable(message, { reason: "PROVIDER_PAUSED", retryAfterSeconds: seconds });
}

/**
 * Admits a call to a provider: refused at once while its breaker is open, made to wait while too many calls are under way.
 * Throws `unavailable` with `retryAfterSeconds`, or the signal's reason.
 */
export async function enterProvider(provider: Provider, signal?: AbortSignal): Promise<Ticket> {
  const health = healthOf(provider);
  requireClosed(health, provider);
  const { PROVIDER_CONCURRENCY: placesMax, PROVIDER_QUEUE_MAX: queueMax, PROVIDER_QUEUE_SECONDS: seconds } = env();
  if (!health.places.tryTake(placesMax)) {
    const refusal = await health.places.take({ placesMax, queueMax, waitMs: seconds * 1_000 }, signal);
    if (refusal) {
      const message = `Too many calls to ${provider.title} are under way on this instance. Try again in a moment.`;
      throw unavailable(message, { reason: "PROVIDER_BUSY", retryAfterSeconds: refusal === "full" ? 2 : 1 });
    }
    try {
      // It may have opened while this call waited.
      requireClosed(health, provider);
    } catch (error) {
      health.places.leave(placesMax);
      throw error;
    }
  }
  return ticketOf(health, placesMax);
}

/** Counts a repetition, for the metrics. */
export function noteRetry(provider: Provider): void {
  healthOf(provider).retries += 1;
}

/** How a provider does, in this process. Times are RFC 3339. */
export type ProviderHealth = {
  provider: string;
  title: string;
  isOwn: boolean;
  state: BreakerState;
  /** When a provider that is paused is tried again. */
  retryAt: string | null;
  inFlight: number;
  queued: number;
  /** What ended within the last minute. */
  callsLastMinute: number;
  failuresLastMinute: number;
  calls: number;
  failures: number;
  retries: number;
  lastFailureAt: string | null;
  lastFailure: string | null;
};

/** How these providers do; the operator's unless said. */
export function providerHealth(providers: readonly Provider[] = listProviders()): ProviderHealth[] {
  return providers.map((provider) => {
    const { breaker, places, calls, failures, retries, lastFailure } = healthOf(provider);
    const state = breaker.state();
    const lastMinute = breaker.lastMinute();
    const [lastFailureAt = "", ...reason] = lastFailure.split(" ");
    return {
      provider: provider.name,
      title: provider.title,
      isOwn: provider.isOwn,
      state,
      retryAt: state === "open" ? new Date(Date.now() + breaker.waitMs()).toISOString() : null,
      inFlight: places.taken,
      queued: places.waiting,
      callsLastMinute: lastMinute.calls,
      failuresLastMinute: lastMinute.failures,
      calls,
      failures,
      retries,
      lastFailureAt: lastFailureAt || null,
      lastFailure: reason.join(" ") || null,
    };
  });
}
