import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

// Everything in scripts/ that runs before the install uses Node's own modules only, and runs on Node 18.

/** The repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The environment of every tool: the project's own programs win, above all its Node. */
export function toolEnvironment(extra = {}) {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].filter(Boolean).join(delimiter);
  // Node keeps what it has compiled: the next process that loads the same files starts sooner.
  const compiled = join(root, "node_modules", ".cache", "compiled");
  const own = { PATH: path, NODE_COMPILE_CACHE: compiled, NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  return { ...process.env, ...own, ...extra };
}

/** One hash over files and whole folders, by name and content; what does not exist adds nothing. */
export function hashOf(paths, isIncluded = () => true) {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, path, isIncluded);
  return hash;
}

function addTo(hash, path, isIncluded) {
  const full = join(root, path);
  if (!existsSync(full) || !isIncluded(path)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`, isIncluded);
  } else {
    hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
  }
}

/** The first line of a file, or nothing when there is no such file. */
export function readStamp(path) {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, "utf8").trim() : undefined;
}
