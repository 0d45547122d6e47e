import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { singleton } from "#lib/singleton";

/** A fixed window aligned to the clock: at most `limit` calls within `windowSeconds`. */
export type Limit = {
  limit: number;
  windowSeconds: number;
  /** Takes no more than it needs from the database: what is stored is what was served, at a round trip for each call. */
  isExact?: boolean;
};

export type Allowance = { allowed: boolean; limit: number; remaining: number; resetSeconds: number };

type Bucket = {
  /** The limit that was decided by last. */
  limit: number;
  /** Unix seconds. */
  windowStart: number;
  /** Calls this process has taken from the database and not used yet. */
  leased: number;
  /** What all processes together have taken, as far as this one knows. */
  taken: number;
  /** So many calls at once, or more, no longer fit: what is taken only grows within a window. */
  refusedFrom: number;
  pending: Promise<void> | undefined;
};

const buckets = singleton("rate-limits", () => new Map<string, Bucket>());
const bucketsMax = 20_000;

/** Takes `count` calls of the window when they fit; answers what is taken then, or nothing when they do not fit. */
async function take(name: string, windowStart: number, count: number, limit: number): Promise<number | undefined> {
  const row = await system.maybe<{ used: number }>(sql`
    insert into rate_limits as r (bucket, window_start, used)
    values (${name}, to_timestamp(${windowStart}), ${count})
    on conflict (bucket, window_start) do update set used = r.used + ${count} where r.used + ${count} <= ${limit}
    returning used`);
  return row?.used;
}

async function readTaken(name: string, windowStart: number): Promise<number> {
  const { used } = await system.one<{ used: number }>(sql`
    select coalesce(max(used), 0) as used from rate_limits
    where bucket = ${name} and window_start = to_timestamp(${windowStart})`);
  return used;
}

async function lease(name: string, bucket: Bucket, needed: number, { limit, isExact }: Limit): Promise<void> {
  // A hundredth at a time: few round trips, and a process that dies leaves little unused.
  const generous = isExact ? needed : Math.min(Math.max(needed, Math.floor(limit / 100)), limit);
  for (const count of new Set([generous, needed])) {
    const taken = count < bucket.refusedFrom ? await take(name, bucket.windowStart, count, limit) : undefined;
    if (taken !== undefined) {
      bucket.taken = taken;
      bucket.leased += count;
      return;
    }
    bucket.refusedFrom = Math.min(bucket.refusedFrom, count);
  }
  bucket.taken = needed === 1 ? limit : await readTaken(name, bucket.windowStart);
}

function bucketOf(name: string, windowStart: number, limit: number): Bucket {
  const known = buckets.get(name);
  if (known?.windowStart === windowStart) {
    // A limit that was changed may have room again.
    if (known.limit !== limit) Object.assign(known, { limit, refusedFrom: Number.POSITIVE_INFINITY });
    return known;
  }
  if (buckets.size >= bucketsMax) buckets.clear();
  const fresh = { limit, windowStart, leased: 0, taken: 0, refusedFrom: Number.POSITIVE_INFINITY, pending: undefined };
  buckets.set(name, fresh);
  return fresh;
}

/**
 * Counts `cost` calls against a window. Exact for one process; several together never exceed the limit, because each
 * serves only what it has taken from the database before.
 */
export async function consume(name: string, limit: Limit, cost = 1, now = Date.now()): Promise<Allowance> {
  const seconds = Math.floor(now / 1_000);
  const windowStart = seconds - (seconds % limit.windowSeconds);
  const bucket = bucketOf(`${name}:${limit.windowSeconds}`, windowStart, limit.limit);
  while (bucket.leased < cost && cost - bucket.leased < bucket.refusedFrom && cost <= limit.limit) {
    const needed = cost - bucket.leased;
    bucket.pending ??= lease(`${name}:${limit.windowSeconds}`, bucket, needed, limit).finally(() => {
      bucket.pending = undefined;
    });
    await bucket.pending;
  }
  const allowed = bucket.leased >= cost;
  if (allowed) bucket.leased -= cost;
  return {
    allowed,
    limit: limit.limit,
    remaining: Math.max(0, limit.limit - bucket.taken + bucket.leased),
    resetSeconds: windowStart + limit.windowSeconds,
  };
}

/** What all processes together have taken of the current window. */
export function readUsed(name: string, windowSeconds: number, now = Date.now()): Promise<number> {
  const seconds = Math.floor(now / 1_000);
  return readTaken(`${name}:${windowSeconds}`, seconds - (seconds % windowSeconds));
}

/** Removes windows that ended over a day ago. */
export function deleteOldWindows(): Promise<number> {
  return system.run(sql`delete from rate_limits where window_start < now() - interval '1 day'`);
}
