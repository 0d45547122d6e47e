import type { PoolClient, QueryResult } from "pg";
import type { Context } from "#lib/context";
import { pool, statementName } from "#lib/db/client";
import type { Sql } from "#lib/db/sql";
import { log } from "#lib/log";

/** Statements of one transaction. Rows come back with camelCase fields; times as RFC 3339 text in UTC. */
export type Tx = {
  /** Exactly one row; throws when there is none. */
  one<T>(statement: Sql): Promise<T>;
  maybe<T>(statement: Sql): Promise<T | undefined>;
  all<T>(statement: Sql): Promise<T[]>;
  /** Answers how many rows were touched. */
  run(statement: Sql): Promise<number>;
  /** Starts `work` once the transaction is committed: for mails and the like, which must neither wait nor be undone. */
  afterCommit(work: () => Promise<unknown>): void;
};

type Scope = Pick<Context, "organizationId" | "actor" | "tx">;

const fieldNames = new Map<string, string>();
function fieldName(column: string): string {
  let name = fieldNames.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    fieldNames.set(column, name);
  }
  return name;
}

function rowsOf<T>(result: QueryResult<Record<string, unknown>>): T[] {
  const names = result.fields.map((field) => fieldName(field.name));
  return result.rows.map((row) => {
    const values = Object.values(row);
    const mapped: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) mapped[names[index] ?? ""] = values[index];
    return mapped as T;
  });
}

/** A single statement is committed when it is answered. */
function startNow(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => log.error({ err: error }, "work after a commit failed"));
}

type Send = (statement: Sql) => Promise<QueryResult<Record<string, unknown>>>;

function verbs(send: Send, afterCommit: Tx["afterCommit"] = startNow): Tx {
  const all = async <T>(statement: Sql) => rowsOf<T>(await send(statement));
  return {
    all,
    afterCommit,
    maybe: async <T>(statement: Sql) => (await all<T>(statement))[0],
    one: async <T>(statement: Sql) => {
      const [row] = await all<T>(statement);
      if (row === undefined) throw new Error("The statement returned no row.");
      return row;
    },
    run: async (statement) => (await send(statement)).rowCount ?? 0,
  };
}

function sendTo(client: PoolClient): Send {
  return (statement) =>
    client.query({ name: statementName(statement.text), text: statement.text, values: statement.values });
}

/** Role and claims of a tenant, for row-level security; both end with the transaction. */
function enterTenant(client: PoolClient, scope: Scope): Promise<unknown> {
  const claims = JSON.stringify({
    role: "authenticated",
    sub: scope.actor.type === "system" ? undefined : (scope.actor.userId ?? undefined),
    organization_id: scope.organizationId,
  });
  const text = "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)";
  return client.query({ name: statementName(text), text, values: [claims] });
}

/** What `send` sends without waiting leaves in one write: each write of its own would wake the server and, by its answer, us. */
function atOnce<T>(client: PoolClient, send: () => T): T {
  const { stream } = client.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/**
 * What statements answer that were sent without waiting for one another: they share a round trip, and are carried out in
 * their order. Throws the first failure by that order; the ones after it fail only in its wake.
 */
export async function together<T extends readonly unknown[] | []>(
  sent: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  for (const outcome of await Promise.allSettled(sent)) if (outcome.status === "rejected") throw outcome.reason;
  return Promise.all(sent);
}

async function within<T>(scope: Scope | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    const later: (() => Promise<unknown>)[] = [];
    // Begin and claims are sent without waiting: they share the round trip of the first statement.
    const { opened, working } = atOnce(client, () => {
      const opened = together([client.query("begin"), ...(scope ? [enterTenant(client, scope)] : [])]);
      opened.catch(() => undefined);
      return { opened, working: work(verbs(sendTo(client), (work) => later.push(work))) };
    });
    const result = await working;
    await opened;
    const ended = await client.query("commit");
    // Postgres answers the commit of a failed transaction with a rollback: never call that a success.
    if (ended.command !== "COMMIT")
      throw new Error("The transaction was rolled back because a statement in it failed.");
    for (const work of later) startNow(work);
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Runs `work` in one transaction as the context's tenant: row-level security refuses what a statement forgot.
 * Joins the request's transaction when there is one. Anything thrown rolls back.
 */
export function transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return scope.tx ? work(scope.tx) : within(scope, work);
}

/** Runs `work` in one transaction with Baton's own rights: for what belongs to no tenant yet (sign-up, key look-up). */
export function systemTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return within(null, work);
}

/** A single statement as the tenant: begin, claims, statement and commit travel in one round trip. */
export function tenant(scope: Scope): Tx {
  if (scope.tx) return scope.tx;
  return verbs(async (statement) => {
    const client = await pool().connect();
    let broken: Error | undefined;
    try {
      const [begun, entered, result, committed] = atOnce(client, () => [
        client.query("begin"),
        enterTenant(client, scope),
        sendTo(client)(statement),
        client.query("commit"),
      ]);
      return (await together([begun, entered, result, committed]))[2];
    } catch (error) {
      // A commit of a failed transaction rolls it back; only a lost connection is beyond reuse.
      if (!(error instanceof Error) || !("severity" in error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  });
}

/** Single statements with Baton's own rights, each in its own implicit transaction. */
export const system: Tx = verbs((statement) =>
  pool().query({ name: statementName(statement.text), text: statement.text, values: statement.values }),
);
