import pg from "pg";
import { env } from "#lib/env";

/**
 * Keeps other processes from filling at the same time, until what this answers is called or the process dies; nothing when
 * one does. On a connection of its own, outside of any transaction: one that stays open that long would keep the database
 * from clearing away what others delete.
 */
export async function takeLock(): Promise<(() => Promise<void>) | undefined> {
  const { DIRECT_URL, DATABASE_URL } = env();
  const client = new pg.Client({ connectionString: DIRECT_URL ?? DATABASE_URL, application_name: "baton demo" });
  // A connection that breaks gives the lock back; the filling itself fails on its own connections then.
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ free: boolean }>(
    "select pg_try_advisory_lock(hashtextextended('baton demo', 0)) as free",
  );
  if (rows[0]?.free) return () => client.end();
  await client.end();
  return undefined;
}
