import type { Db } from "pg-boss";
import { Sql, sql } from "#lib/db/sql";
import { type Tx, together } from "#lib/db/transaction";
import { boss, declareQueue } from "#lib/queue/boss";
import type { Queue } from "#lib/queue/queue";

/** Payload: the queue's name. */
export const jobsChannel = "baton_jobs";

export type EnqueueOptions = {
  /** Not before this time; at once unless said. */
  startAfter?: Date;
  /** Higher first; 0 unless said. */
  priority?: number;
};

/** A statement with numbered places ($1, $2, ...) and its values, as our own. */
function numbered(text: string, values: unknown[] = []): Sql {
  const parts = text.split(/\$(\d+)/);
  const strings = parts.filter((_, index) => index % 2 === 0);
  const places = parts.filter((_, index) => index % 2 === 1);
  return new Sql(
    strings,
    places.map((place) => values[Number(place) - 1]),
  );
}

/** Tenants have no rights on the queue's tables: the one statement runs with Baton's own, then the tenant is back. */
async function sendAs(tx: Tx, statements: Sql[]): Promise<unknown[]> {
  const leave = sql`
    select set_config('baton.role', current_setting('role'), true), set_config('role', 'none', true)`;
  const enter = sql`
    select set_config('role', coalesce(nullif(current_setting('baton.role', true), ''), 'none'), true)`;
  // Sent without waiting in between: one round trip, and no other statement of the caller can slip in.
  const [, first = []] = await together([leave, ...statements, enter].map((statement) => tx.all(statement)));
  return first;
}

function within(tx: Tx, queueName: string): Db {
  return {
    executeSql: async (text, values) => {
      // pg-boss only polls for what others enqueue: this wakes the workers when the transaction commits.
      const wake = sql`select pg_notify(${jobsChannel}, ${queueName})`;
      return { rows: await sendAs(tx, [numbered(text, values), wake]) };
    },
  };
}

/**
 * Queues a job for each item in the caller's transaction: committed with it, or never there. `tx` must be a transaction
 * (not a single-statement one of a tenant). Throws when an item is not what the queue declares.
 */
export async function enqueue<T extends object>(
  tx: Tx,
  queue: Queue<T>,
  items: readonly T[],
  { startAfter, priority }: EnqueueOptions = {},
): Promise<void> {
  if (items.length === 0) return;
  const options = {
    ...(startAfter && { startAfter: startAfter.toISOString() }),
    ...(priority !== undefined && { priority }),
  };
  const jobs = items.map((item) => {
    const data = queue.data.parse(item);
    return { ...options, data, ...(queue.group && { group: { id: queue.group.of(data) } }) };
  });
  await declareQueue(queue);
  await (await boss()).insert(queue.name, jobs, { db: within(tx, queue.name) });
}
