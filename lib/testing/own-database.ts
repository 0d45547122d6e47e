import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, inject } from "vitest";
import { closePool } from "#lib/db/client";
import { closeListener, startListening } from "#lib/db/listen";
import { provideEnvironment } from "#lib/env";
import { flushAll } from "#lib/flush";
import { closeQueue } from "#lib/queue/boss";
import { templateDatabase } from "#lib/testing/template-database";

async function administer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("environment").DATABASE_URL });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Turns this process to another database: nothing of it stays with the one before. */
async function connectTo(url: string): Promise<void> {
  await flushAll();
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  provideEnvironment({ DATABASE_URL: url });
  await startListening();
}

/**
 * Gives this test file a database of its own on the tests' server, migrated: for suites whose workers take whatever waits,
 * of all organizations. To be awaited at the top of the file. Answers the variables for processes of the test's own.
 */
export async function ownDatabase(): Promise<Record<string, string>> {
  const { testPath = "" } = expect.getState();
  if (!testPath.includes(".alone.test."))
    throw new Error(`${testPath} turns to a database of its own: name it *.alone.test.ts.`);
  const name = `own_${randomUUID().replaceAll("-", "")}`;
  const shared = inject("environment").DATABASE_URL ?? "";
  await administer(`create database ${name} template ${templateDatabase} strategy file_copy`);
  const url = new URL(shared);
  url.pathname = `/${name}`;
  await connectTo(url.href);
  afterAll(async () => {
    await connectTo(shared);
    await administer(`drop database ${name} with (force)`);
  });
  return { ...inject("environment"), DATABASE_URL: url.href };
}
