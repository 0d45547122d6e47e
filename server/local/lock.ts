import { linkSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LocalPlatformError, systemCode } from "./errors.ts";
import { readJson, writePrivate } from "./files.ts";
import { isAlive, processStart } from "./process.ts";

const Holder = z.object({ pid: z.int().positive(), processStart: z.string(), takenAt: z.string() });
type Holder = z.infer<typeof Holder>;

/**
 * Makes this process the only one on the data folder until the returned function is called. A lock whose process is
 * gone, or whose pid was given to another process since, is taken over.
 */
export function takeLock(dataDir: string): () => void {
  const path = join(dataDir, "lock");
  const own: Holder = {
    pid: process.pid,
    processStart: processStart(process.pid),
    takenAt: new Date().toISOString(),
  };
  // Two rounds: the second one follows the removal of a stale lock.
  for (let round = 0; round < 2; round++) {
    if (create(path, own)) return () => release(path, own);
    const holder = readJson(path, Holder);
    if (holder && isHeld(holder)) throw alreadyRunning(dataDir, holder);
    removeStale(path, holder);
  }
  throw new LocalPlatformError(`Another Baton is starting on ${dataDir} right now. Use one of the two.`);
}

/** A link is made in one step and fails when the name is taken, so a lock is never seen half written. */
function create(path: string, own: Holder): boolean {
  const mine = `${path}.${process.pid}`;
  writePrivate(mine, own);
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function isHeld(holder: Holder): boolean {
  if (!isAlive(holder.pid)) return false;
  return holder.processStart === "" || processStart(holder.pid) === holder.processStart;
}

/** Moves the lock away before deleting it: when another starter was faster, what was moved is its fresh lock. */
function removeStale(path: string, stale: Holder | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = readJson(aside, Holder);
    if (moved && moved.takenAt !== stale?.takenAt) linkSync(aside, path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT" && systemCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(path: string, own: Holder): void {
  const holder = readJson(path, Holder);
  if (holder?.pid === own.pid && holder.takenAt === own.takenAt) rmSync(path, { force: true });
}

function alreadyRunning(dataDir: string, holder: Holder): LocalPlatformError {
  const who = `process ${holder.pid}, since ${holder.takenAt}`;
  const remedy = `Stop it first (kill ${holder.pid}), or give this one its own data folder.`;
  return new LocalPlatformError(`Baton is already running on ${dataDir} (${who}). ${remedy}`);
}
