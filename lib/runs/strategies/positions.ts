import type { StoredStep } from "#lib/runs/schema";

/** More calls than one branch can ever make. */
const branchSize = 1_000;

/**
 * Counts a run's model calls in the order in which its strategy asks them, and knows those that are stored. A strategy
 * decides by nothing but the outcomes of its calls, so that after a take-over the same call has the same position.
 */
export class Positions {
  readonly #stored: ReadonlyMap<number, StoredStep>;
  readonly #last: number;
  #next: number;

  constructor(stored: readonly StoredStep[] | ReadonlyMap<number, StoredStep> = [], first = 0) {
    this.#stored =
      stored instanceof Map ? stored : new Map((stored as readonly StoredStep[]).map((step) => [step.position, step]));
    this.#last = Math.max(-1, ...this.#stored.keys());
    this.#next = first;
  }

  /** The position of the call that is asked next. */
  get next(): number {
    return this.#next;
  }

  /** Whether calls from here on were made before: what was decided then is not decided again. */
  get isReplaying(): boolean {
    return this.#last >= this.#next;
  }

  take(): number {
    this.#next += 1;
    return this.#next - 1;
  }

  find(position: number): StoredStep | undefined {
    return this.#stored.get(position);
  }

  /** Counters for branches that run at the same time: each has positions of its own, whichever call ends first. */
  fork(branches: number): Positions[] {
    const first = Math.ceil(this.#next / branchSize) * branchSize;
    this.#next = first + branches * branchSize;
    return Array.from({ length: branches }, (_, index) => new Positions(this.#stored, first + index * branchSize));
  }
}
