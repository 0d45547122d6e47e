/** So many failures in a row open the breaker. */
const failuresInRowMax = 5;
/** Or more than this share of so many calls within the window. */
const failureShareMax = 0.5;
const callsForShare = 20;
const windowSeconds = 60;
/** How long nobody is let through after it opened. */
const openMs = 30_000;

export type BreakerState = "closed" | "half-open" | "open";

/**
 * Keeps callers away from a provider that fails. Closed: everybody passes. Open, for 30 s: nobody does. Then half-open: one
 * call at a time tries whether it is back; its success closes the breaker, its failure opens it again.
 */
export class Breaker {
  #openedAt: number | undefined;
  #isTrying = false;
  #failuresInRow = 0;
  /** Calls and failures of each second of the window, by its number modulo the window. */
  readonly #seconds = Array.from({ length: windowSeconds }, () => ({ second: 0, calls: 0, failures: 0 }));

  state(now = Date.now()): BreakerState {
    if (this.#openedAt === undefined) return "closed";
    return now - this.#openedAt >= openMs ? "half-open" : "open";
  }

  /** Milliseconds until a call may try again; 0 when it may now. */
  waitMs(now = Date.now()): number {
    if (this.#openedAt === undefined) return 0;
    const left = this.#openedAt + openMs - now;
    // Somebody is trying already: how long that takes is not known.
    return left > 0 ? left : this.#isTrying ? 1_000 : 0;
  }

  /** Lets a call pass and answers whether it is the one that tries a half-open breaker. Ask `waitMs` before. */
  pass(): boolean {
    if (this.#openedAt === undefined) return false;
    this.#isTrying = true;
    return true;
  }

  /** How a call that passed has ended; undefined when that says nothing about the provider. */
  note(hasFailed: boolean | undefined, wasTrying: boolean, now = Date.now()): void {
    if (wasTrying) this.#isTrying = false;
    if (hasFailed === undefined) return;
    this.#count(hasFailed, now);
    if (!hasFailed) {
      this.#failuresInRow = 0;
      if (wasTrying) this.#close();
      return;
    }
    this.#failuresInRow += 1;
    if (wasTrying || (this.#openedAt === undefined && this.#isFailing(now))) this.#openedAt = now;
  }

  /** What ended within the last minute. */
  lastMinute(now = Date.now()): { calls: number; failures: number } {
    const oldest = Math.floor(now / 1_000) - windowSeconds;
    let calls = 0;
    let failures = 0;
    for (const one of this.#seconds) {
      if (one.second <= oldest) continue;
      calls += one.calls;
      failures += one.failures;
    }
    return { calls, failures };
  }

  #isFailing(now: number): boolean {
    if (this.#failuresInRow >= failuresInRowMax) return true;
    const { calls, failures } = this.lastMinute(now);
    return calls >= callsForShare && failures / calls > failureShareMax;
  }

  #close(): void {
    this.#openedAt = undefined;
    for (const one of this.#seconds) one.second = 0;
  }

  #count(hasFailed: boolean, now: number): void {
    const second = Math.floor(now / 1_000);
    const slot = this.#seconds[second % windowSeconds];
    if (!slot) return;
    if (slot.second !== second) Object.assign(slot, { second, calls: 0, failures: 0 });
    slot.calls += 1;
    if (hasFailed) slot.failures += 1;
  }
}
