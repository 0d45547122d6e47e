import { bytesOf, type EncodedBody, encodeBody, readBody } from "./body.ts";
import { BatonError, errorFrom } from "./errors.ts";
import { acceptsIdempotencyKey, isRead, type Target, targetOf } from "./operation.ts";
import { isNeverSent, isRetryable, type sleep, waitMs } from "./retry.ts";
import { signRequest } from "./signing.ts";
import type { LooseOptions } from "./types.ts";
import { randomUuid } from "./webcrypto.ts";

export type TransportOptions = {
  apiKey: string | undefined;
  /** Without a slash at its end. */
  baseUrl: string;
  fetch: typeof fetch;
  headers: Record<string, string>;
  signingSecret: string | undefined;
  retriesMax: number;
  retryAfterMaxSeconds: number;
  timeoutMs: number;
  sleep: typeof sleep;
  random: () => number;
};

type Call = { target: Target; body: EncodedBody; headers: Headers; isRepeatable: boolean; options: LooseOptions };

// Another attempt with the same key is still at work: its answer will be there a little later.
const isStillRunning = ({ status, code, message }: BatonError) =>
  status === 409 && (code === "IDEMPOTENCY_RUNNING" || /Idempotency-Key is still running/.test(message));

/** Sends calls, again when that is safe and may help. */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async #prepare(operation: string, options: LooseOptions): Promise<Call> {
    const target = targetOf(operation, options);
    const body = await encodeBody(options.body);
    const headers = new Headers({ accept: "application/json", ...this.#options.headers });
    if (this.#options.apiKey) headers.set("authorization", `Bearer ${this.#options.apiKey}`);
    if (body.type) headers.set("content-type", body.type);
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const isKeyed = acceptsIdempotencyKey(target);
    const key = options.idempotencyKey ?? (isKeyed && this.#options.retriesMax > 0 ? await randomUuid() : undefined);
    if (key && !headers.has("idempotency-key")) headers.set("idempotency-key", key);
    const isRepeatable = !body.isOneTime && (isRead(target) || (isKeyed && headers.has("idempotency-key")));
    return { target, body, headers, isRepeatable, options };
  }

  /** One attempt; `read` belongs to it, so that an answer that breaks off counts as a failed attempt. */
  async #attempt<T>({ target, body, headers, options }: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const url = `${this.#options.baseUrl}${target.path}`;
    const { signingSecret } = this.#options;
    if (signingSecret) {
      const { pathname, search } = new URL(url);
      const signed = { secret: signingSecret, method: target.method, path: pathname + search };
      const stamps = await signRequest({ ...signed, body: await bytesOf(body) });
      for (const [name, value] of Object.entries(stamps)) headers.set(name, value);
    }
    const stopped = new AbortController();
    const stop = () => stopped.abort(options.signal?.reason);
    options.signal?.addEventListener("abort", stop, { once: true });
    if (options.signal?.aborted) stop();
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs;
    const timeout = new BatonError({ status: 0, code: "timeout", message: `No answer within ${timeoutMs} ms.` });
    const timer = setTimeout(() => stopped.abort(timeout), timeoutMs);
    let isKept = false;
    try {
      const init = {
        method: target.method,
        headers,
        signal: stopped.signal,
        ...(body.isOneTime && { duplex: "half" }),
      };
      const response = await this.#options.fetch(url, {
        ...init,
        ...(body.content !== undefined && { body: body.content }),
      });
      if (!response.ok && response.status !== 304) throw errorFrom(response, await readBody(response));
      const result = await read(response);
      // A body that is still to be read must stop with the caller's signal.
      isKept = result === response;
      return result;
    } catch (error) {
      throw stopped.signal.aborted ? stopped.signal.reason : error;
    } finally {
      clearTimeout(timer);
      if (!isKept) options.signal?.removeEventListener("abort", stop);
    }
  }

  #isWorthRetrying(error: unknown, { isRepeatable, body, options }: Call): boolean {
    if (options.signal?.aborted || body.isOneTime) return false;
    if (!(error instanceof BatonError)) return isRepeatable || isNeverSent(error);
    if (error.status === 0) return isRepeatable;
    if ((error.retryAfterSeconds ?? 0) > this.#options.retryAfterMaxSeconds) return false;
    return isRetryable(error.status, isRepeatable) || (isRepeatable && isStillRunning(error));
  }

  /** Sends a call and reads its answer. Throws `BatonError`, or the reason of the caller's signal. */
  async send<T>(operation: string, options: LooseOptions, read: (response: Response) => Promise<T>): Promise<T> {
    const call = await this.#prepare(operation, options);
    for (let n = 0; ; n++) {
      try {
        return await this.#attempt(call, read);
      } catch (error) {
        if (n >= this.#options.retriesMax || !this.#isWorthRetrying(error, call)) throw this.#failure(error, call);
        await this.#options.sleep(waitMs(error, n, this.#options.random), options.signal);
      }
    }
  }

  #failure(error: unknown, { options }: Call): unknown {
    if (error instanceof BatonError || options.signal?.aborted) return error;
    const reason =
      error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : error;
    const message = `No answer from ${this.#options.baseUrl}: ${String(reason)}`;
    return new BatonError({ status: 0, code: "connection_failed", message, cause: error });
  }
}
