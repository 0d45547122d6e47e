import { updateKeysUsed } from "#lib/auth/queries";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

const state = singleton("auth.key-use", () => ({
  notedAt: new Map<string, number>(),
  waiting: new Set<string>(),
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Writes the noted uses. Failing to is no reason to fail a request: the next use notes it again. */
export async function flushKeyUse(): Promise<void> {
  clearTimeout(state.timer);
  state.timer = undefined;
  const ids = [...state.waiting];
  state.waiting.clear();
  if (ids.length === 0) return;
  await updateKeysUsed(ids).catch((error) => {
    for (const id of ids) state.notedAt.delete(id);
    log.warn({ err: error }, "could not note the use of keys");
  });
}

/** Notes that a key was used: written within a second, at most once a minute per key and process. */
export function noteKeyUse(id: string, now = Date.now()): void {
  if (now - (state.notedAt.get(id) ?? 0) < 60_000) return;
  if (state.notedAt.size > 10_000) state.notedAt.clear();
  state.notedAt.set(id, now);
  state.waiting.add(id);
  state.timer ??= setTimeout(flushKeyUse, 500).unref();
}
