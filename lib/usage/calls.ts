import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

const writeEveryMs = 500;
/** At most so many callers in one statement; as many at once are written without waiting for the time. */
const callersMax = 1_000;

type Count = { id: string; organizationId: string; keyId: string | null; userId: string | null; quantity: number };

const state = singleton("usage.calls", () => ({
  counted: new Map<string, Count>(),
  /** Taken out of `counted` and perhaps written already: sent again as it is until the database has said so. */
  sent: [] as Count[],
  timer: undefined as NodeJS.Timeout | undefined,
  writing: undefined as Promise<void> | undefined,
}));

// A repeated batch changes nothing, and an organization that is gone by now does not refuse the others.
const insertCounts = (rows: string) => sql`
  insert into usage_events (id, organization_id, type, description, quantity, api_key_id, user_id)
  select c.id, c."organizationId", 'api_call', 'API calls', c.quantity, c."keyId", c."userId"
  from json_to_recordset(${rows}::json) as c (id uuid, "organizationId" uuid, "keyId" uuid, "userId" uuid, quantity integer)
    join organizations o on o.id = c."organizationId"
  on conflict (id) do nothing`;

async function write(): Promise<void> {
  if (state.sent.length === 0) {
    const taken = [...state.counted].slice(0, callersMax);
    state.sent = taken.map(([, count]) => count);
    for (const [name] of taken) state.counted.delete(name);
  }
  if (state.sent.length === 0) return;
  try {
    await system.run(insertCounts(JSON.stringify(state.sent)));
    state.sent = [];
  } catch (error) {
    log.warn({ err: error, callers: state.sent.length }, "could not write the counted API calls, they are kept");
  }
}

function start(): Promise<void> {
  clearTimeout(state.timer);
  state.timer = undefined;
  state.writing ??= write().finally(() => {
    state.writing = undefined;
    if (state.sent.length > 0 || state.counted.size > 0) schedule();
  });
  return state.writing;
}

function schedule(): void {
  state.timer ??= setTimeout(start, writeEveryMs).unref();
}

/** Counts a call of the API for its organization, key and person: an addition in memory, written within a second. */
export function countCall({ organizationId, actor }: Pick<Context, "organizationId" | "actor">): void {
  if (organizationId === "" || actor.type === "system") return;
  const keyId = actor.type === "apiKey" ? actor.keyId : null;
  // A key belongs to one organization, and its id is no new text: this runs for every request.
  const name = keyId ?? organizationId + actor.userId;
  const count = state.counted.get(name);
  if (count) {
    count.quantity += 1;
    return;
  }
  state.counted.set(name, { id: uuidv7(), organizationId, keyId, userId: actor.userId, quantity: 1 });
  if (state.counted.size >= callersMax && state.sent.length === 0) void start();
  else schedule();
}

/** Resolves when every call counted so far is written, or the database refused; for shutdown. */
export async function flushCalls(): Promise<void> {
  await state.writing;
  do await start();
  while (state.sent.length === 0 && state.counted.size > 0);
}
