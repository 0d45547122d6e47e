import { LRUCache } from "lru-cache";
import { type Dispatcher, errors, Pool } from "undici";
import { env } from "#lib/env";
import { AppError, type ErrorCode } from "#lib/errors";
import { checkedConnector } from "#lib/http-out/connect";
import type { Provider } from "#lib/models/providers";
import { singleton } from "#lib/singleton";

const connectTimeoutMs = 10_000;
const operatorPools = singleton("models.pools", () => new Map<string, Pool>());
/** Of the organizations' own keys: each has its own connections, so that nobody waits for another's slow server. */
const ownPools = singleton(
  "models.ownPools",
  () => new LRUCache<string, Pool>({ max: 500, dispose: (pool) => void pool.close().catch(() => undefined) }),
);

/** The connections of this process to a provider. Kept alive: a TLS handshake costs more than a short answer. */
export function poolOf({ id, origin, isOwn, isForeign }: Provider): Pool {
  const pools = isOwn ? ownPools : operatorPools;
  const name = isOwn ? `${id} ${origin}` : origin;
  let pool = pools.get(name);
  if (!pool) {
    // How many calls there are at a time is decided before they come here.
    const connect = isForeign ? { connect: checkedConnector(connectTimeoutMs) } : { connectTimeout: connectTimeoutMs };
    pool = new Pool(origin, { connections: null, keepAliveTimeout: 30_000, allowH2: false, ...connect });
    pools.set(name, pool);
  }
  return pool;
}

/** Ends all connections to providers, for shutdown. Calls in flight are cut. */
export async function closeUpstreams(): Promise<void> {
  const open = [...operatorPools.values(), ...ownPools.values()];
  operatorPools.clear();
  ownPools.clear();
  await Promise.all(open.map((pool) => pool.destroy()));
}

export type UpstreamBody = Dispatcher.ResponseData["body"];
type UpstreamRequest = {
  method: "GET" | "POST";
  path: string;
  body?: string;
  /** Instead of those of the provider's OpenAI side. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
};

/** Sends one request to a provider. `timeoutMs` bounds the wait for the head; each further piece has the whole time limit. */
export function requestUpstream(provider: Provider, request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
  const limitMs = env().MODEL_TIMEOUT_SECONDS * 1_000;
  const timeoutMs = request.timeoutMs ?? limitMs;
  return poolOf(provider).request({
    method: request.method,
    path: request.path,
    headers: request.headers ?? provider.headers,
    body: request.body ?? null,
    signal: request.signal ?? null,
    headersTimeout: timeoutMs,
    bodyTimeout: request.method === "GET" ? timeoutMs : limitMs,
  });
}

type Failure = {
  cause?: unknown;
  /** The same call may well succeed a moment later. */
  isPassing?: boolean;
  /** What the provider asked to wait, in milliseconds. */
  askedMs?: number | undefined;
};

/** What is wrong with a provider, in words for the caller. */
export class ProviderError extends AppError {
  readonly isPassing: boolean;
  readonly askedMs: number | undefined;

  constructor(code: ErrorCode, message: string, reason: string, { cause, isPassing = false, askedMs }: Failure = {}) {
    const seconds = askedMs === undefined ? 5 : Math.max(1, Math.ceil(askedMs / 1_000));
    super(code, message, { reason, cause, ...(code === "timeout" ? {} : { retryAfterSeconds: seconds }) });
    this.isPassing = isPassing;
    this.askedMs = askedMs;
  }
}

/** A provider that does not answer, refuses its key or answers nonsense. */
export function providerFailed(provider: Provider, what: string, failure?: Failure): ProviderError {
  return new ProviderError("unavailable", `${provider.title} ${what}.`, "PROVIDER_ERROR", failure);
}

/** A provider that wants no more calls for a while. Its own words would tell whose account it is. */
export function providerLimited(provider: Provider, failure: Failure): ProviderError {
  const message = `${provider.title} takes no more calls at the moment.`;
  return new ProviderError("rate_limited", message, "PROVIDER_RATE_LIMITED", { ...failure, isPassing: true });
}

/** A provider that did not answer in time. */
export function providerTimedOut(provider: Provider, cause?: unknown): ProviderError {
  const message = `${provider.title} did not answer within ${env().MODEL_TIMEOUT_SECONDS} seconds.`;
  return new ProviderError("timeout", message, "PROVIDER_TIMEOUT", { cause });
}

/** Whose key the provider refused. */
export function keyRefused(provider: Provider, cause?: unknown): ProviderError {
  return providerFailed(provider, `refused ${provider.isOwn ? "your organization's" : "this instance's"} key`, {
    cause,
  });
}

/** What a failed exchange means: silence is a timeout, everything else that breaks it is unavailability. */
export function upstreamError(provider: Provider, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const isSilence =
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError ||
    cause instanceof errors.ConnectTimeoutError;
  if (isSilence) return providerTimedOut(provider, cause);
  return providerFailed(provider, "cannot be reached", { cause, isPassing: true });
}

/** Work of Baton's own within a call: its failure must neither be put down to the provider nor make the call twice. */
export async function ours<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = "Something went wrong on our side. Quote the request id when you report it.";
    throw new AppError("internal", message, { cause });
  }
}

/** A provider's own words without the operator's key, which some of them repeat in part or whole. */
export function withoutKey(provider: Provider, text: string): string {
  const known = provider.apiKey ? text.replaceAll(provider.apiKey, "[redacted]") : text;
  return known.replace(/\bsk-[A-Za-z0-9_*.-]{4,}/g, "[redacted]");
}
