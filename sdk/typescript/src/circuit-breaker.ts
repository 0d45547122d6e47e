import { BatonError } from "./errors.ts";

export type CircuitBreakerOptions = {
  /** Failures in a row that open the circuit. */
  failuresMax?: number;
  /** How long it stays open before one call may try, in milliseconds. */
  openMs?: number;
  now?: () => number;
};

/** Whether a failure says that the server is unwell, rather than that the request was wrong or too early. */
function countsAsFailure(error: unknown): boolean {
  return error instanceof BatonError && (error.status === 0 || error.status >= 500);
}

/**
 * Stops calling a server that keeps failing. It opens after five calls in a row that failed for good (with their retries);
 * after 60 s one call may try (half-open): it closes the circuit when it succeeds, and opens it again when it fails.
 */
export class CircuitBreaker {
  readonly #failuresMax: number;
  readonly #openMs: number;
  readonly #now: () => number;
  #failures = 0;
  #openedAt: number | undefined;
  #isTrying = false;

  constructor({ failuresMax = 5, openMs = 60_000, now = Date.now }: CircuitBreakerOptions = {}) {
    this.#failuresMax = failuresMax;
    this.#openMs = openMs;
    this.#now = now;
  }

  get state(): "closed" | "open" | "half-open" {
    if (this.#openedAt === undefined) return "closed";
    return this.#now() - this.#openedAt >= this.#openMs ? "half-open" : "open";
  }

  /** Makes a call. Throws `BatonError` with code `circuit_open` instead while the circuit is open. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const { state } = this;
    if (state === "open" || (state === "half-open" && this.#isTrying)) throw this.#refusal();
    const isTrial = state === "half-open";
    if (isTrial) this.#isTrying = true;
    try {
      const result = await call();
      this.#close();
      return result;
    } catch (error) {
      if (countsAsFailure(error)) this.#fail();
      else if (error instanceof BatonError) this.#close();
      throw error;
    } finally {
      if (isTrial) this.#isTrying = false;
    }
  }

  #close(): void {
    this.#failures = 0;
    this.#openedAt = undefined;
  }

  #fail(): void {
    this.#failures++;
    if (this.#failures >= this.#failuresMax) this.#openedAt = this.#now();
  }

  #refusal(): BatonError {
    const leftMs = this.#openMs - (this.#now() - (this.#openedAt ?? 0));
    return new BatonError({
      status: 0,
      code: "circuit_open",
      message: `The server failed ${this.#failures} times in a row; it is not asked again for now.`,
      retryAfterSeconds: Math.max(0, leftMs / 1000),
    });
  }
}
