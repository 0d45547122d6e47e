import pg from "pg";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

// Postgres sends int8 and numeric as text. Our int8 columns are counters and micro-dollars below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

type Held = { pool: pg.Pool | undefined };
const held = singleton<Held>("db.pool", () => ({ pool: undefined }));

/** The process's pool. Connections are pipelined: statements sent without waiting travel in one round trip. */
export function pool(): pg.Pool {
  if (held.pool) return held.pool;
  const { DATABASE_URL, DATABASE_POOL_MAX } = env();
  const made = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL_MAX,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    application_name: "baton",
    options: "-c timezone=UTC",
  });
  // A connection that breaks must not end the process, idle or in use: the pool replaces it, and whoever used it is told
  // by his statement.
  made.on("error", (error: Error & { client?: unknown }) => {
    // The pool hangs the whole connection on it, which would fill the log with pages about its inside.
    delete error.client;
    log.warn({ err: error }, "idle database connection lost");
  });
  made.on("connect", (client) => client.on("error", () => undefined));
  held.pool = made;
  return made;
}

/** Ends the pool after the statements in flight. A later call of `pool()` makes a new one. */
export async function closePool(): Promise<void> {
  const closing = held.pool;
  held.pool = undefined;
  await closing?.end();
}

const names = singleton("db.statements", () => new Map<string, string>());

/** The name under which a statement is prepared; undefined behind a transaction pooler, where names do not survive. */
export function statementName(text: string): string | undefined {
  if (env().DATABASE_POOL_MODE === "transaction") return undefined;
  let name = names.get(text);
  if (name === undefined) {
    // Statements with lists of differing length would fill the server's memory one by one.
    if (names.size >= 1_000) return undefined;
    name = `s${names.size}`;
    names.set(text, name);
  }
  return name;
}
