import pg from "pg";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

type Handlers = { notify: (payload: string) => void; reset: () => void };
type State = { client: pg.Client | undefined; live: boolean; closed: boolean; handlers: Map<string, Handlers[]> };

const state = singleton<State>("db.listen", () => ({
  client: undefined,
  live: false,
  closed: false,
  handlers: new Map(),
}));

/** Whether notifications of the database reach this process at the moment. */
export function isListening(): boolean {
  return state.live;
}

function lost(client: pg.Client, error?: Error): void {
  if (state.client !== client) return;
  if (error) log.warn({ err: error }, "lost the connection for notifications");
  state.client = undefined;
  state.live = false;
  // What was announced meanwhile is unknown, so whatever depends on it starts afresh.
  for (const handlers of state.handlers.values()) for (const handler of handlers) handler.reset();
  if (!state.closed) setTimeout(connect, 1_000).unref();
}

async function connect(): Promise<void> {
  const { DATABASE_URL, DIRECT_URL, DATABASE_POOL_MODE } = env();
  if (state.client || state.closed) return;
  if (DATABASE_POOL_MODE === "transaction" && !DIRECT_URL) return;
  const client = new pg.Client({
    connectionString: DIRECT_URL ?? DATABASE_URL,
    application_name: "baton listen",
    keepAlive: true,
  });
  state.client = client;
  client.on("error", (error) => lost(client, error));
  client.on("end", () => lost(client));
  client.on("notification", ({ channel, payload = "" }) => {
    for (const handler of state.handlers.get(channel) ?? []) handler.notify(payload);
  });
  try {
    await client.connect();
    for (const channel of state.handlers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    if (state.client !== client) return;
    state.live = true;
    for (const handlers of state.handlers.values()) for (const handler of handlers) handler.reset();
  } catch (error) {
    lost(client, error as Error);
  }
}

/**
 * Calls `notify` with the payload of every notification on `channel`, and `reset` whenever some may have been missed.
 * The connection is this process's own, is made at the first call, and comes back by itself.
 */
export function listen(channel: string, handlers: Handlers): void {
  const existing = state.handlers.get(channel);
  if (existing) existing.push(handlers);
  else state.handlers.set(channel, [handlers]);
  const { client } = state;
  if (!client) void connect();
  else if (!existing && state.live)
    client.query(`listen ${client.escapeIdentifier(channel)}`).then(
      () => handlers.reset(),
      (error: Error) => lost(client, error),
    );
}

/** Connects if this process does not listen yet, or no longer; whether notifications reach it then. */
export async function startListening(): Promise<boolean> {
  state.closed = false;
  if (!state.client) await connect();
  return state.live;
}

/** Ends the connection, which comes back only by `startListening()`. */
export async function closeListener(): Promise<void> {
  state.closed = true;
  const client = state.client;
  state.client = undefined;
  state.live = false;
  await client?.end().catch(() => undefined);
}
