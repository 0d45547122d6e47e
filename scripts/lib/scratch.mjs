import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

const memoryFolder = "/dev/shm";
const gigabyte = 2 ** 30;

/**
 * A folder for everything temporary of a test run, which goes when this process ends: in memory where there is plenty, as
 * the runs make databases of a thousand files each by the dozen and keep none of them. A `TMPDIR` that is set is respected.
 */
export function scratchFolder() {
  const folder = mkdtempSync(join(hasRoomInMemory() ? memoryFolder : tmpdir(), "baton-tests-"));
  // The mode of /tmp: what root starts, the database among it, may run as somebody else.
  chmodSync(folder, 0o1777);
  // What is stopped on the way may still be writing: the removal is tried for a while.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  return folder;
}

function hasRoomInMemory() {
  if (process.env.TMPDIR || process.platform !== "linux") return false;
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    const free = process.availableMemory?.() ?? freemem();
    return bavail * bsize >= 4 * gigabyte && free >= 8 * gigabyte;
  } catch {
    return false;
  }
}
