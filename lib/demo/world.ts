import type { Context } from "#lib/context";
import { scopes } from "#lib/context";

import { transaction } from "#lib/db/transaction";
import { contextOf, type Person } from "#lib/demo/people";
import { commitWithoutWaiting } from "#lib/demo/queries";
import type { Random } from "#lib/demo/random";

const dayMs = 24 * 3600 * 1_000;
/** The story ends a little before now, so that its last scenes are over. */
const restMs = 15 * 60_000;

export type KeyName = "Production" | "Website" | "CI";

/** What the scenes of the story know: who acts, when it is, and the ids of what earlier scenes made. */
export type World = {
  organizationId: string;
  random: Random;
  /** How many days the story goes back, and how much happens in it; 1 is a small studio's day. */
  days: number;
  volume: number;
  now: Date;
  signal: AbortSignal;
  keys: Map<string, string>;
  appIds: Map<string, string>;
};

/** As a person. */
export const as = ({ organizationId }: World, person: Person): Context => contextOf(organizationId, person);

/** As a program with a key that an earlier scene made. */
export function withKey({ organizationId, keys }: World, name: KeyName): Context {
  const keyId = keys.get(name);
  if (!keyId) throw new Error(`The story has no key ${name} yet.`);
  const actor = { type: "apiKey", keyId, userId: null, scopes } as const;
  return { organizationId, actor, requestId: "req_demo", ip: null, userAgent: null };
}

/**
 * All of a scene in one transaction, with one commit that waits for no disk: what a crash takes of an unfinished story is
 * told anew, and the commit that ends it is waited for with all before it.
 */
export function inOne<T>(ctx: Context, work: (ctx: Required<Context>) => Promise<T>): Promise<T> {
  return transaction(ctx, async (tx) => {
    const [, result] = await Promise.all([commitWithoutWaiting(tx), work({ ...ctx, tx })]);
    return result;
  });
}

/** A time of the day so many days ago, in UTC; today only what is over. */
export function daysAgo({ now, random }: World, days: number, hour = random.between(7, 18)): Date {
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs - days * dayMs;
  const time = midnight + hour * 3_600_000 + random.between(0, 3_599) * 1_000;
  const last = now.getTime() - restMs;
  if (time <= last) return new Date(time);
  // Just after midnight today has no room yet.
  const from = Math.min(midnight, last - 3_600_000);
  return new Date(from + (last - from) * random.next());
}

/** The days of the story, oldest first, with how much happens on each: more every month, little at weekends. */
export function calendar(world: World): { ago: number; load: number }[] {
  return Array.from({ length: world.days }, (_, index) => {
    const ago = world.days - 1 - index;
    const weekday = new Date(world.now.getTime() - ago * dayMs).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    const growth = 0.6 + (0.7 * index) / world.days;
    return { ago, load: world.volume * growth * (isWeekend ? 0.25 : 1) };
  });
}

/** How often something happens on a day that happens `mean` times on average; not evenly, as little is. */
export function timesOf({ random }: World, mean: number): number {
  const wanted = mean * (0.5 + random.next());
  const whole = Math.floor(wanted);
  return whole + (random.chance(wanted - whole) ? 1 : 0);
}
