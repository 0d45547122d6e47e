import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { singleton } from "#lib/singleton";

/** A file received from elsewhere: `size` in bytes, `sha256` of its bytes. Whoever asked for it removes it. */
export type SpooledFile = { path: string; size: number; sha256: Buffer };

const folders = singleton("spool.folders", () => new Map<string, Promise<string>>());

async function makeFolder(dataDir: string): Promise<string> {
  const own = join(dataDir, "uploads");
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    return own;
  } catch {
    // A serverless host gives a read-only disk but for this folder.
    const temporary = join(tmpdir(), "baton-uploads");
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    return temporary;
  }
}

function folder(): Promise<string> {
  const dataDir = env().BATON_DATA_DIR;
  const known = folders.get(dataDir) ?? makeFolder(dataDir);
  folders.set(dataDir, known);
  return known;
}

/**
 * Writes a stream to a temporary file, hashing on the way, a chunk in memory at a time. Throws `payload_too_large` as soon
 * as there are more than `bytesMax` bytes. After any failure there is no file.
 */
export async function spool(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
  what = "The file",
): Promise<SpooledFile> {
  const path = join(await folder(), `${uuidv7()}.part`);
  const hash = createHash("sha256");
  let size = 0;
  const measured = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > bytesMax) throw tooLarge(what, bytesMax);
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(source, measured, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    return { path, size, sha256: hash.digest() };
  } catch (error) {
    await removeSpooled(path);
    throw error;
  }
}

const megabyte = 1024 * 1024;

/** The refusal of something larger than it may be. */
export function tooLarge(what: string, bytesMax: number): AppError {
  const limit = bytesMax < megabyte ? `${bytesMax} bytes` : `${Math.floor(bytesMax / megabyte)} MB`;
  return new AppError("payload_too_large", `${what} is larger than ${limit}.`);
}

export async function removeSpooled(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Removes temporary files that a process left behind when it was killed: those older than `ageMs`. Answers how many. */
export async function sweepSpool(ageMs: number): Promise<number> {
  const root = await folder();
  let removed = 0;
  // Outside of the project: without the marks the build would count the whole project among the files of a route.
  for (const name of await readdir(/* turbopackIgnore: true */ root)) {
    const path = join(/* turbopackIgnore: true */ root, name);
    const facts = await stat(/* turbopackIgnore: true */ path).catch(() => undefined);
    if (!facts || Date.now() - facts.mtimeMs < ageMs) continue;
    await removeSpooled(path);
    removed += 1;
  }
  return removed;
}
