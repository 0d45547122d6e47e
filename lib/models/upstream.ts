import { type Dispatcher, errors, Pool } from "undici";
import { env } from "#lib/env";
import { AppError, unavailable } from "#lib/errors";
import type { Provider } from "#lib/models/providers";
import { singleton } from "#lib/singleton";

const pools = singleton("models.pools", () => new Map<string, Pool>());

/** The connections of this process to one origin. Kept alive: a TLS handshake costs more than a short answer. */
function poolOf(origin: string): Pool {
  let pool = pools.get(origin);
  if (!pool) {
    // A hundred calls at once per provider and process; further ones wait for a free connection.
    pool = new Pool(origin, { connections: 100, connectTimeout: 10_000, keepAliveTimeout: 30_000, allowH2: false });
    pools.set(origin, pool);
  }
  return pool;
}

/** Ends all connections to providers, for shutdown. Calls in flight are cut. */
export async function closeUpstreams(): Promise<void> {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map((pool) => pool.destroy()));
}

export type UpstreamBody = Dispatcher.ResponseData["body"];
type UpstreamRequest = {
  method: "GET" | "POST";
  path: string;
  body?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
};

/** Sends one request to a provider. `timeoutMs` bounds the wait for the head and for each further piece of the body. */
export function requestUpstream(provider: Provider, request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
  const timeoutMs = request.timeoutMs ?? env().MODEL_TIMEOUT_SECONDS * 1_000;
  return poolOf(provider.origin).request({
    method: request.method,
    path: request.path,
    headers: provider.headers,
    body: request.body ?? null,
    signal: request.signal ?? null,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

/** A provider that does not answer, refuses Baton's credentials or answers nonsense. */
export function providerFailed(provider: Provider, what: string, cause?: unknown): AppError {
  return unavailable(`${provider.title} ${what}.`, { reason: "PROVIDER_ERROR", retryAfterSeconds: 5, cause });
}

/** A provider that did not answer in time. */
export function providerTimedOut(provider: Provider, cause?: unknown): AppError {
  const message = `${provider.title} did not answer within ${env().MODEL_TIMEOUT_SECONDS} seconds.`;
  return new AppError("timeout", message, { reason: "PROVIDER_TIMEOUT", cause });
}

/** What a failed exchange means: silence is a timeout, everything else that breaks it is unavailability. */
export function upstreamError(provider: Provider, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const isSilence =
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError ||
    cause instanceof errors.ConnectTimeoutError;
  return isSilence ? providerTimedOut(provider, cause) : providerFailed(provider, "cannot be reached", cause);
}

/** A provider's own words without the operator's key, which some of them repeat in part or whole. */
export function withoutKey(provider: Provider, text: string): string {
  const known = provider.apiKey ? text.replaceAll(provider.apiKey, "[redacted]") : text;
  return known.replace(/\bsk-[A-Za-z0-9_*.-]{4,}/g, "[redacted]");
}
