import { LRUCache } from "lru-cache";
import { isListening, listen } from "#lib/db/listen";
import { singleton } from "#lib/singleton";

const lifetimeMs = 60_000;
/** Without notifications a change elsewhere is seen after this time at the latest. */
const deafLifetimeMs = 5_000;

/**
 * Kinds of what is kept, as the database names them: `provider` is what an organization set for its providers of models,
 * `security` what calls of its keys are held to.
 */
const kinds = ["key", "user", "provider", "security"] as const;
type Kind = (typeof kinds)[number];
type Cached<V> = { value: V; tag: string };
type Store = { entries: LRUCache<string, Cached<NonNullable<unknown>>>; generation: number };

/** Made at first use: importing this file must not open a connection. */
function storeOf(kind: Kind): Store {
  return singleton("auth.cache", () => {
    const made: Record<Kind, Store> = { key: newStore(), user: newStore(), provider: newStore(), security: newStore() };
    listen("baton_cache", {
      notify: (payload) => {
        const [changed, id = ""] = payload.split(":");
        const kind = kinds.find((one) => one === changed);
        if (kind) forget(made[kind], id);
      },
      reset: () => {
        for (const store of Object.values(made)) {
          store.generation += 1;
          store.entries.clear();
        }
      },
    });
    return made;
  })[kind];
}

function newStore(): Store {
  return { entries: new LRUCache({ max: 10_000 }), generation: 0 };
}

function forget(store: Store, tag: string): void {
  store.generation += 1;
  for (const [key, entry] of store.entries.entries()) if (entry.tag === tag) store.entries.delete(key);
}

/** Forgets an entry in this process at once; other processes hear of it from the database. */
export function forgetCached(kind: Kind, id: string): void {
  forget(storeOf(kind), id);
}

/** What is in memory at this moment. */
export function peekCached<V extends NonNullable<unknown>>(kind: Kind, key: string): V | undefined {
  // The store of a kind is only ever filled by its one loader.
  return storeOf(kind).entries.get(key)?.value as V | undefined;
}

/**
 * Answers from memory, else loads. `tag` is the id under which the database announces a change.
 * What is not found is not kept, so a new key works at once.
 */
export async function cached<V extends NonNullable<unknown>>(
  kind: Kind,
  key: string,
  load: () => Promise<V | undefined>,
  tag: (value: V) => string,
): Promise<V | undefined> {
  const store = storeOf(kind);
  const hit = store.entries.get(key);
  // The store of a kind is only ever filled by its one loader.
  if (hit) return hit.value as V;
  const generation = store.generation;
  const value = await load();
  // A change announced while loading may be newer than what was loaded: use it once, do not keep it.
  if (value !== undefined && generation === store.generation) {
    store.entries.set(key, { value, tag: tag(value) }, { ttl: isListening() ? lifetimeMs : deafLifetimeMs });
  }
  return value;
}
