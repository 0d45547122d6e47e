import { PgBoss } from "pg-boss";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { installQueueSchema } from "#lib/queue/install";
import { heartbeatSeconds, type Queue } from "#lib/queue/queue";
import { singleton } from "#lib/singleton";

/** How often at most, over all processes, the jobs of workers that fell silent are looked for. */
export const superviseSeconds = 10;

type State = { started: Promise<PgBoss> | undefined; known: Map<string, Promise<void>> };
const state = singleton<State>("queue.boss", () => ({ started: undefined, known: new Map() }));

function open(): PgBoss {
  const made = new PgBoss({
    connectionString: env().DATABASE_URL,
    application_name: "baton queue",
    max: 4,
    // What a process does is decided by its role: workers supervise by themselves, the others only enqueue.
    migrate: false,
    supervise: false,
    schedule: false,
    monitorIntervalSeconds: superviseSeconds,
  });
  made.on("error", (error) => log.warn({ err: error }, "the queue reports an error"));
  made.on("warning", (warning) => log.warn({ warning }, "the queue warns"));
  return made;
}

async function start(): Promise<PgBoss> {
  const first = open();
  try {
    return await first.start();
  } catch (error) {
    await first.stop({ graceful: false });
    // A host that never ran the migrations (DATABASE_URL only, no `npm start`): the schema is made at first use.
    log.info({ err: error }, "installing the schema of the queue");
    const { DIRECT_URL, DATABASE_URL } = env();
    await installQueueSchema(DIRECT_URL ?? DATABASE_URL);
    return open().start();
  }
}

/** The queue's client of this process, with a small pool of its own; a start that failed is tried again by the next call. */
export function boss(): Promise<PgBoss> {
  state.started ??= start().catch((error: unknown) => {
    state.started = undefined;
    throw error;
  });
  return state.started;
}

function settingsOf(queue: Queue<unknown>) {
  return {
    retryLimit: queue.retryLimit ?? 10,
    retryDelay: queue.retryDelaySeconds ?? 1,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: queue.expireSeconds,
    heartbeatSeconds,
    // What became of a job stands in the tables of its domain; here it only takes room.
    deleteAfterSeconds: 3_600,
  };
}

async function declare(queue: Queue<unknown>): Promise<void> {
  const client = await boss();
  const wanted = settingsOf(queue);
  const found = await client.getQueue(queue.name);
  if (!found) await client.createQueue(queue.name, wanted);
  else if (Object.entries(wanted).some(([name, value]) => found[name as keyof typeof wanted] !== value))
    await client.updateQueue(queue.name, wanted);
}

/** Makes the queue known to the database, once per process. Jobs keep the settings with which they were made. */
export function declareQueue(queue: Queue<unknown>): Promise<void> {
  let known = state.known.get(queue.name);
  if (!known) {
    known = declare(queue).catch((error: unknown) => {
      state.known.delete(queue.name);
      throw error;
    });
    state.known.set(queue.name, known);
  }
  return known;
}

/** Gives back jobs of workers that fell silent or took too long, and removes old ones. */
export async function superviseQueue(queue: Queue<unknown>): Promise<void> {
  await declareQueue(queue);
  await (await boss()).supervise(queue.name, { reindex: false });
}

/** Closes the queue's connections, after its workers are stopped. A later call of `boss()` opens new ones. */
export async function closeQueue(): Promise<void> {
  const closing = state.started;
  state.started = undefined;
  state.known.clear();
  const client = await closing?.catch(() => undefined);
  await client?.stop({ graceful: false });
}
