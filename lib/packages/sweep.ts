import { selectHeldKeys } from "#lib/packages/queries";
import { deleteExpiredUploads } from "#lib/packages/upload-queries";
import { singleton } from "#lib/singleton";
import { keyPrefix } from "#lib/storage/address";
import { sweepSpool } from "#lib/storage/spool";
import { objectStore } from "#lib/storage/store";

const hourMs = 3_600_000;
const pageObjects = 1_000;

/**
 * Looks at one page of the store behind `after` and deletes the objects that are older than an hour and belong to nothing:
 * what a process left behind that died between store and row. Answers where to go on, nothing at the end.
 */
export async function sweepObjects(after: string | undefined, limit = pageObjects): Promise<string | undefined> {
  const store = await objectStore();
  const page = await store.list(keyPrefix(), limit, after);
  const old = page.filter(({ modifiedAt }) => modifiedAt.getTime() < Date.now() - hourMs).map(({ key }) => key);
  const held = old.length > 0 ? await selectHeldKeys(old) : new Set<string>();
  const orphans = old.filter((key) => !held.has(key));
  if (orphans.length > 0) await store.delete(orphans);
  return page.length < limit ? undefined : page.at(-1)?.key;
}

const round = singleton("packages.sweep", () => ({ after: undefined as string | undefined, nextAt: 0 }));

/** One step of the clean-up, for each round of maintenance: a page of the store, then an hour's rest after the last one. */
export async function sweepPackages(now = Date.now()): Promise<void> {
  if (now < round.nextAt) return;
  if (round.after === undefined) {
    await sweepSpool(hourMs);
    await deleteExpiredUploads(500);
  }
  round.after = await sweepObjects(round.after);
  if (round.after === undefined) round.nextAt = now + hourMs;
}
