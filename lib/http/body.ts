import { isUtf8 } from "node:buffer";
import { AppError, malformed } from "#lib/errors";
import { checkJson } from "#lib/json";

/** JSON bodies may have 5 MB (contract README 5.7). */
export const jsonBytesMax = 5 * 1024 * 1024;

const tooLarge = (bytesMax: number) =>
  new AppError("payload_too_large", `The body is larger than ${bytesMax} bytes (${bytesMax / 1024 / 1024} MB).`);

/** Reads a body as its exact bytes: for what is signed. Throws `payload_too_large`. */
export async function readBytes(request: Request, bytesMax = jsonBytesMax): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > bytesMax) throw tooLarge(bytesMax);
  // With a length the server itself holds the client to it; without one the bytes are counted as they come.
  if (declared >= 0) {
    const bytes = Buffer.from(await request.arrayBuffer());
    if (bytes.length > bytesMax) throw tooLarge(bytesMax);
    return bytes;
  }
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Parses a JSON text the strict way. An empty text counts as `{}`. Throws `malformed`. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed("The body is not valid JSON.");
  }
  checkJson(value, "The body");
  return value;
}

/** Reads a JSON body: its text as sent and the parsed value. */
export async function readJson(request: Request): Promise<{ text: string; value: unknown }> {
  const bytes = await readBytes(request);
  const type = request.headers.get("content-type");
  if (bytes.length > 0 && type && !/^[^;]*[/+]json\s*(;|$)/i.test(type)) {
    throw new AppError("unsupported_media_type", "Send the body as JSON with Content-Type: application/json.");
  }
  if (!isUtf8(bytes)) throw malformed("The body is not valid UTF-8.");
  const text = bytes.toString("utf8");
  return { text, value: parseJson(text) };
}
