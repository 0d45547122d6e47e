import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/client";
import { env, provideEnvironment } from "#lib/env";
import { randomText } from "#lib/id";
import { closeQueue, declareQueue } from "#lib/queue/boss";
import { installQueueSchema } from "#lib/queue/install";
import { journalQueue } from "#lib/testing/queue-fixture";

const names = ["queue_race", "queue_first_use"].map((name) => `${name}_${randomText(8).toLowerCase()}`);
const configured = env().DATABASE_URL;
const urlOf = (name = "") => Object.assign(new URL(configured), { pathname: `/${name}` }).href;

beforeAll(async () => {
  for (const name of names) await pool().query(`create database ${name}`);
});
afterAll(async () => {
  provideEnvironment({ DATABASE_URL: configured });
  for (const name of names) await pool().query(`drop database ${name} with (force)`);
});

async function queuesIn(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select name from pgboss.queue where name like 'test%'");
  await client.end();
  return rows.map(({ name }) => name);
}

test("four processes that install at once make one schema; later ones change nothing", async () => {
  const [name] = names;
  await Promise.all([1, 2, 3, 4].map(() => installQueueSchema(urlOf(name))));
  await installQueueSchema(urlOf(name));
  expect(await queuesIn(urlOf(name))).toEqual([]);
});

test("on a host that never migrated, the first use makes the schema", async () => {
  const [, name] = names;
  await closeQueue();
  provideEnvironment({ DATABASE_URL: urlOf(name) });
  await declareQueue(journalQueue("test.first"));
  await declareQueue(journalQueue("test.first"));
  expect(await queuesIn(urlOf(name))).toEqual(["test.first"]);
  await closeQueue();
});
