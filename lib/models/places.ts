/** Why a caller got no place: too many wait already, or he waited too long. */
export type NoPlace = "full" | "late";

type Waiting = { enter(): void };
type Limits = { placesMax: number; queueMax: number; waitMs: number };

/** So many may be inside at a time; the others wait in the order in which they came, at most so many and so long. */
export class Places {
  taken = 0;
  readonly #queue = new Set<Waiting>();

  get waiting(): number {
    return this.#queue.size;
  }

  /** Takes a place at once; false when all are taken or others were here before. */
  tryTake(placesMax: number): boolean {
    if (this.taken >= placesMax || this.#queue.size > 0) return false;
    this.taken += 1;
    return true;
  }

  /** Waits for a place. Answers why there was none; rejects with the signal's reason. */
  take({ placesMax, queueMax, waitMs }: Limits, signal: AbortSignal | undefined): Promise<NoPlace | undefined> {
    if (this.tryTake(placesMax)) return Promise.resolve(undefined);
    if (this.#queue.size >= queueMax) return Promise.resolve("full");
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.delete(waiting);
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
      const abort = () => {
        leave();
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        enter: () => {
          leave();
          this.taken += 1;
          resolve(undefined);
        },
      };
      const timer = setTimeout(() => {
        leave();
        resolve("late");
      }, waitMs);
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort, { once: true });
      this.#queue.add(waiting);
    });
  }

  /** Gives a place back; who has waited longest gets it. */
  leave(placesMax: number): void {
    this.taken -= 1;
    const [first] = this.#queue;
    if (first && this.taken < placesMax) first.enter();
  }
}
