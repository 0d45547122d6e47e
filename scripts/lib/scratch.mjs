import { chmodSync, mkdtempSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

const memoryFolder = "/dev/shm";
const gigabyte = 2 ** 30;

/**
 * A folder for everything temporary of a test run, to be removed after it: in memory where there is plenty, as the runs make
 * databases of a thousand files each by the dozen and keep none of them. A `TMPDIR` that is set is respected.
 */
export function scratchFolder() {
  const folder = mkdtempSync(join(hasRoomInMemory() ? memoryFolder : tmpdir(), "baton-tests-"));
  // As any such folder: started by root, the database and others run as somebody else.
  chmodSync(folder, 0o1777);
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
