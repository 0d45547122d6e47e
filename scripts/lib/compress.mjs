import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { say, stopwatch } from "./console.mjs";
import { root } from "./project.mjs";

const folder = ".next/static";
/** Names the build whose files have been compressed: the server trusts no others. */
const stamp = ".next/baton-compressed";
const endings = new Set([".js", ".css", ".svg", ".json", ".txt"]);
/** Less than this fits into the first packet anyway. */
const bytesMin = 1_000;
const filesAtOnce = 4;

const encoders = [
  [".br", (bytes) => promisify(brotliCompress)(bytes, brotliOptions(bytes.length))],
  [".gz", (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION })],
];

function brotliOptions(length) {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
    },
  };
}

/** Puts each script and style sheet of the build beside itself as `.br` and `.gz`, for the server to send as they are. */
export async function compressBuild() {
  const elapsed = stopwatch();
  await rm(join(root, stamp), { force: true });
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && endings.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  // Each works off the same list: Node compresses outside its own thread, so all cores are at it.
  const waiting = paths.values();
  const work = async () => {
    for (const path of waiting) await compressFile(path);
  };
  await Promise.all(Array.from({ length: filesAtOnce }, work));
  await writeFile(join(root, stamp), await readFile(join(root, ".next/BUILD_ID")));
  say(`Compressed ${paths.length} files of the pages in ${elapsed()}`);
}

/** A file of the same name has the same content: the name holds its hash. */
async function compressFile(path) {
  const bytes = await readFile(path);
  if (bytes.length < bytesMin) return;
  for (const [ending, encode] of encoders) {
    if (!existsSync(path + ending)) await writeFile(path + ending, await encode(bytes));
  }
}
