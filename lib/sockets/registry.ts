import type { Caller } from "#lib/auth/caller";
import { listen } from "#lib/db/listen";
import { env } from "#lib/env";
import { AppError, unavailable } from "#lib/errors";
import { metrics } from "#lib/metrics";
import { singleton } from "#lib/singleton";
import { closeCodes } from "#lib/sockets/protocol";

/** An open connection as the process keeps it. */
export type Entry = {
  caller: Caller | undefined;
  isStillAllowed(): Promise<boolean>;
  close(code: number, reason: string): void;
};

const retrySeconds = 30;

type Held = { entries: Set<Entry>; perOrganization: Map<string, number> };

/** Made at first use: importing this file must not open a connection. */
function held(): Held {
  return singleton("sockets", () => {
    listen("baton_cache", {
      notify: (payload) => {
        const [kind, id] = payload.split(":");
        recheck(({ actor }) =>
          kind === "key" ? actor.type === "apiKey" && actor.keyId === id : isOf(actor, kind, id),
        );
      },
      reset: () => recheck(() => true),
    });
    return { entries: new Set<Entry>(), perOrganization: new Map<string, number>() };
  });
}

function isOf(actor: Caller["actor"], kind: string | undefined, id: string | undefined): boolean {
  return kind === "user" && actor.type === "user" && actor.userId === id;
}

/** Closes those of these connections whose credentials open nothing any more. */
function recheck(isConcerned: (caller: Caller) => boolean): void {
  // In the next turn: by then the caches have heard of the same change.
  setImmediate(async () => {
    // One after the other: those of one key find it in memory, and the database is not asked for all at once.
    for (const entry of [...held().entries]) {
      if (!entry.caller || !isConcerned(entry.caller) || (await entry.isStillAllowed())) continue;
      entry.close(closeCodes.unauthorized, "The credentials are no longer valid");
    }
  });
}

/** Throws when this process, or the organization on it, has as many connections as it may have. */
export function requireRoom(caller: Caller | undefined): void {
  const { SOCKETS_MAX, SOCKETS_PER_ORGANIZATION_MAX } = env();
  if (held().entries.size >= SOCKETS_MAX)
    throw unavailable("This instance has no more room for connections. Try again in a moment.", {
      retryAfterSeconds: retrySeconds,
    });
  if (caller && (held().perOrganization.get(caller.organizationId) ?? 0) >= SOCKETS_PER_ORGANIZATION_MAX)
    throw new AppError(
      "rate_limited",
      `An organization has at most ${SOCKETS_PER_ORGANIZATION_MAX} open connections.`,
      {
        retryAfterSeconds: retrySeconds,
      },
    );
}

function count({ organizationId }: Caller, by: 1 | -1): void {
  const now = (held().perOrganization.get(organizationId) ?? 0) + by;
  if (now > 0) held().perOrganization.set(organizationId, now);
  else held().perOrganization.delete(organizationId);
}

/** Keeps an open connection until the answer is called. It is closed when its credentials are revoked. */
export function register(entry: Entry): () => void {
  held().entries.add(entry);
  metrics.sockets.inc();
  if (entry.caller) count(entry.caller, 1);
  return () => {
    if (!held().entries.delete(entry)) return;
    metrics.sockets.dec();
    if (entry.caller) count(entry.caller, -1);
  };
}

/** Notes who speaks on a connection that was opened without credentials. Throws when his organization has no room. */
export function claim(entry: Entry, caller: Caller): void {
  requireRoom(caller);
  entry.caller = caller;
  if (held().entries.has(entry)) count(caller, 1);
}
