import { setImmediate } from "node:timers/promises";
import { DatabaseError } from "pg";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

/** At most so many items in one statement, so that none grows without bound under load. */
const itemsMax = 500;

type Waiting<T, R> = { item: T; resolve(answer: R): void; reject(error: unknown): void };
type State<T, R> = { waiting: Waiting<T, R>[]; flushing: Promise<void> | undefined };

export type Batch<T, R> = {
  /** Hands an item over. Resolves with its answer once the statement that carried it is committed. */
  submit(item: T): Promise<R>;
  /** Resolves when everything that was handed over is answered; for shutdown. */
  flush(): Promise<void>;
};

/** Answers for the items, in their order. */
type Run<T, R> = (items: T[]) => Promise<R[]>;

async function carry<T, R>(group: Waiting<T, R>[], run: Run<T, R>): Promise<void> {
  try {
    const answers = await run(group.map(({ item }) => item));
    group.forEach(({ resolve }, index) => {
      resolve(answers[index] as R);
    });
  } catch (error) {
    if (group.length === 1 || !(error instanceof DatabaseError)) {
      for (const { reject } of group) reject(error);
      return;
    }
    // The database undid the statement. One item it refuses (its organization was just deleted) must not take the others.
    log.warn({ err: error, items: group.length }, "a batch was refused, trying its items one by one");
    for (const waiting of group) await carry([waiting], run);
  }
}

async function drain<T, R>(state: State<T, R>, run: Run<T, R>): Promise<void> {
  while (state.waiting.length > 0) {
    // Whoever was just answered, or arrives in the same turn of the event loop, comes along.
    await setImmediate();
    await carry(state.waiting.splice(0, itemsMax), run);
  }
  // In the same turn as the look at the list: an item that comes between the two would wait for ever.
  state.flushing = undefined;
}

/**
 * Group commit: items that are handed over in one turn of the event loop or while a statement is in flight share the next
 * one. `run` must be one statement or one transaction. One group per name and process.
 */
export function batch<T, R>(name: string, run: Run<T, R>): Batch<T, R> {
  const state = singleton<State<T, R>>(`batch.${name}`, () => ({ waiting: [], flushing: undefined }));
  return {
    submit(item) {
      const { promise, resolve, reject } = Promise.withResolvers<R>();
      state.waiting.push({ item, resolve, reject });
      state.flushing ??= drain(state, run);
      return promise;
    },
    async flush() {
      while (state.flushing) await state.flushing;
    },
  };
}
