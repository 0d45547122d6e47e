import { z } from "zod";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import type { Queue } from "#lib/queue/queue";

export const Work = z.object({ key: z.string(), ms: z.number().default(0) });
export type Work = z.infer<typeof Work>;

/** A place outside the product's schema where test jobs write down what they did. */
export async function createJournal(): Promise<void> {
  // Two suites may come here at once: the catalogue's unique index decides, and the second one finds it done.
  await system.run(sql`select pg_advisory_lock(4711100099)`);
  await system.run(sql`create schema if not exists queue_test`);
  await system.run(sql`
    create table if not exists queue_test.journal (queue text not null, key text not null, process int not null,
      started_at timestamptz not null default clock_timestamp(), ended_at timestamptz)`);
  await system.run(sql`select pg_advisory_unlock_all()`);
}

export type Entry = { key: string; process: number; startedAt: string; endedAt: string | null };

export function readJournal(queue: string): Promise<Entry[]> {
  return system.all(sql`
    select key, process, started_at, ended_at from queue_test.journal where queue = ${queue} order by started_at`);
}

/** A queue whose jobs write down when they start and, after `ms`, when they end. */
export function journalQueue(name: string, options: Partial<Queue<Work>> = {}): Queue<Work> {
  return {
    name,
    data: Work,
    concurrency: 5,
    expireSeconds: 60,
    handler: async ({ key, ms }, { signal }) => {
      const { at } = await system.one<{ at: string }>(sql`
        insert into queue_test.journal (queue, key, process) values (${name}, ${key}, ${process.pid})
        returning started_at::text as at`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      signal.throwIfAborted();
      await system.run(sql`
        update queue_test.journal set ended_at = clock_timestamp()
        where queue = ${name} and key = ${key} and started_at = ${at}::timestamptz`);
    },
    ...options,
  };
}
