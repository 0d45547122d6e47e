import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";

export const archiveLimits = {
  entries: 10_000,
  /** Bytes of all files once unpacked. */
  unpackedBytes: 1024 ** 3,
  /** Unpacked to packed; a small archive may exceed it. */
  ratio: 100,
  ratioFreeBytes: 10 * 1024 ** 2,
  manifestBytes: 1024 ** 2,
  nameBytes: 1_024,
  /** An honest package of the largest size takes a few seconds. */
  milliseconds: 120_000,
};

/** What is wrong with an archive, in words for its maker. */
export class ArchiveError extends Error {}

const directoryType = 0o040000;
const regularType = 0o100000;
const unix = 3;

/** Names that stay inside the folder an archive is unpacked to, on every system. */
function checkName(name: string): void {
  const shown = JSON.stringify(name.slice(0, 100));
  if (name === "" || name.includes("\0")) throw new ArchiveError(`entry ${shown} has no usable name`);
  if (name.includes("\\")) throw new ArchiveError(`entry ${shown} has a backslash in its name`);
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) throw new ArchiveError(`entry ${shown} has an absolute path`);
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.some((part) => part === "..")) throw new ArchiveError(`entry ${shown} leaves the package`);
  if (parts.some((part) => part === "" || part === ".")) throw new ArchiveError(`entry ${shown} has an odd path`);
}

/** Only files and folders: no links, no devices. The type is in the upper half of the attributes of Unix archives. */
function checkType(entry: Entry, name: string): void {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  const isPlain = type === 0 || type === regularType || type === directoryType;
  if (entry.versionMadeBy >> 8 === unix && !isPlain)
    throw new ArchiveError(`entry ${JSON.stringify(name)} is a link or a device`);
}

type Listed = { entry: Entry; name: string };

function checkEntry(entry: Entry, names: Set<string>): Listed {
  if (entry.fileNameLength > archiveLimits.nameBytes) throw new ArchiveError("an entry has a name that is too long");
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  checkName(name);
  checkType(entry, name);
  // Systems that ignore case or the form of letters would unpack two such entries into one file.
  const folded = name.replace(/\/$/, "").normalize("NFC").toLowerCase();
  if (names.has(folded)) throw new ArchiveError(`entry ${JSON.stringify(name)} is there twice`);
  names.add(folded);
  if (entry.isEncrypted()) throw new ArchiveError(`entry ${JSON.stringify(name)} is encrypted`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new ArchiveError(`entry ${JSON.stringify(name)} is compressed by a method other than deflate`);
  return { entry, name };
}

/** Reads the central directory, stopping at the first thing that no honest archive has. */
async function readEntries(zip: ZipFile): Promise<Listed[]> {
  if (zip.entryCount > archiveLimits.entries)
    throw new ArchiveError(`it has more than ${archiveLimits.entries} entries`);
  const listed: Listed[] = [];
  const names = new Set<string>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    listed.push(checkEntry(entry, names));
    unpacked += entry.uncompressedSize;
    if (unpacked > archiveLimits.unpackedBytes) throw new ArchiveError("it unpacks to more than 1 GB");
  }
  if (unpacked > archiveLimits.ratioFreeBytes && unpacked > zip.fileSize * archiveLimits.ratio)
    throw new ArchiveError(`it unpacks to more than ${archiveLimits.ratio} times its size`);
  return listed;
}

type Reading = { signal: AbortSignal; unpacked: number };

/** Unpacks one entry without keeping it, or keeps it when it is wanted. Headers may lie: what comes out is what counts. */
async function readEntry(zip: ZipFile, { entry, name }: Listed, end: number, reading: Reading, isKept: boolean) {
  const header = await zip.readLocalFileHeaderPromise(entry);
  const shown = JSON.stringify(name);
  if (!header.fileName.equals(entry.fileNameRaw) || header.compressionMethod !== entry.compressionMethod)
    throw new ArchiveError(`entry ${shown} is described in two ways`);
  if (header.fileDataStart + entry.compressedSize > end) throw new ArchiveError(`entry ${shown} overlaps another`);
  const kept: Buffer[] = [];
  let [bytes, sum] = [0, 0];
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    reading.signal.throwIfAborted();
    bytes += chunk.length;
    if (isKept && bytes > archiveLimits.manifestBytes) throw new ArchiveError("manifest.json is larger than 1 MB");
    if (reading.unpacked + bytes > archiveLimits.unpackedBytes) throw new ArchiveError("it unpacks to more than 1 GB");
    sum = crc32(chunk, sum);
    if (isKept) kept.push(chunk);
  }
  reading.unpacked += bytes;
  if (sum !== entry.crc32) throw new ArchiveError(`entry ${shown} is corrupt`);
  return Buffer.concat(kept);
}

const endBytes = 22;
const zip64Mark = 0xffffffff;
/** A ZIP begins with its first entry, or with its end when it is empty; anything before that is no package. */
const magics = [0x04034b50, 0x06054b50];

async function readAt(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    return (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
  } finally {
    await file.close();
  }
}

/** Entries behind the number that the end of the archive gives would be seen by other programs only. */
async function refuseHidden(path: string, zip: ZipFile, listed: Listed[]): Promise<void> {
  const end = await readAt(path, zip.fileSize - endBytes - zip.comment.length, endBytes);
  const declared = end.readUInt32LE(12);
  const read = listed.reduce(
    (sum, { entry }) => sum + 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength,
    0,
  );
  if (declared !== zip64Mark && declared !== read) throw new ArchiveError("its directory holds more than it counts");
}

async function inspect(path: string, zip: ZipFile): Promise<Buffer | undefined> {
  const listed = await readEntries(zip);
  await refuseHidden(path, zip, listed);
  const inOrder = listed.toSorted((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader);
  const reading = { signal: AbortSignal.timeout(archiveLimits.milliseconds), unpacked: 0 };
  let manifest: Buffer | undefined;
  for (const [index, one] of inOrder.entries()) {
    // Entries that share bytes make a small archive unpack to a huge one.
    const end = inOrder[index + 1]?.entry.relativeOffsetOfLocalHeader ?? zip.fileSize;
    const isManifest = one.name === "manifest.json";
    if (isManifest && one.entry.uncompressedSize > archiveLimits.manifestBytes)
      throw new ArchiveError("manifest.json is larger than 1 MB");
    const content = await readEntry(zip, one, end, reading, isManifest);
    if (isManifest) manifest = content;
  }
  return manifest;
}

/**
 * Checks a whole archive, each of its bytes, a chunk in memory at a time, and answers its manifest.json when it has one.
 * Throws an ArchiveError for anything but a sound ZIP of plain files within the limits.
 */
export async function readArchive(path: string): Promise<Buffer | undefined> {
  if (!magics.includes((await readAt(path, 0, 4)).readUInt32LE())) throw new ArchiveError("it is not a ZIP archive");
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false, decodeStrings: false });
    return await inspect(path, zip);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    // Whatever the reader stumbled over: its words describe the archive.
    throw new ArchiveError(error instanceof Error ? error.message : "it cannot be read");
  } finally {
    zip?.close();
  }
}
