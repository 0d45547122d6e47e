import { Readable } from "node:stream";
import { AppError, invalid, notFound } from "#lib/errors";
import { openLink } from "#lib/storage/link";
import type { ByteRange } from "#lib/storage/object-store";
import { removeSpooled, spool } from "#lib/storage/spool";
import { objectStore } from "#lib/storage/store";

export type SentObject = { stream: ReadableStream; status: 200 | 206; headers: Record<string, string> };

/** One range of bytes, as resumed downloads ask for it. Anything else is answered with the whole, as HTTP allows. */
function rangeOf(header: string | null, size: number): ByteRange | undefined {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === undefined) return undefined;
  const [start, end] = [Number(from), to ? Math.min(Number(to), size - 1) : size - 1];
  return start <= end ? { start, end } : undefined;
}

/** What the link opens, whole or the part that is asked for. Throws `not_found` and `forbidden` as the link does. */
export async function sendObject(token: string, rangeHeader: string | null): Promise<SentObject> {
  const { key, fileName } = openLink(token, "get");
  const store = await objectStore();
  const facts = await store.head(key);
  if (!facts) throw notFound("Object");
  const range = rangeOf(rangeHeader, facts.size);
  const { stream, size } = await store.get(key, range);
  const headers = {
    "content-type": "application/zip",
    "content-length": String(size),
    "content-disposition": `attachment; filename="${fileName}"`,
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    ...(range && { "content-range": `bytes ${range.start}-${range.end}/${facts.size}` }),
  };
  return { stream: Readable.toWeb(stream) as ReadableStream, status: range ? 206 : 200, headers };
}

/** Stores what is sent to an upload link. Throws `payload_too_large`, and `validation` when it is not as long as was said. */
export async function receiveObject(token: string, body: ReadableStream<Uint8Array> | null): Promise<void> {
  const { key, bytesMax, isExact } = openLink(token, "put");
  if (!body) throw invalid([{ field: "", message: "Send the file as the body." }]);
  const file = await spool(body, bytesMax).catch((error: unknown) => {
    throw error instanceof AppError ? error : new AppError("malformed", "The upload was cut off.");
  });
  try {
    if (isExact && file.size !== bytesMax) {
      throw invalid([{ field: "", message: `The link takes exactly ${bytesMax} bytes; ${file.size} were sent.` }]);
    }
    const facts = { contentType: "application/zip", sha256: file.sha256.toString("hex") };
    await (await objectStore()).put(key, file, facts);
  } finally {
    await removeSpooled(file.path);
  }
}
