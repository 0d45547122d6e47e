import { isUtf8 } from "node:buffer";
import { AppError, malformed } from "#lib/errors";

/** JSON bodies may have 5 MB (contract README 5.7). */
export const jsonBytesMax = 5 * 1024 * 1024;
const depthMax = 50;

const tooLarge = () => new AppError("payload_too_large", `The body is larger than ${jsonBytesMax} bytes (5 MB).`);

async function readBytes(request: Request): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > jsonBytesMax) throw tooLarge();
  // With a length the server itself holds the client to it; without one the bytes are counted as they come.
  if (declared >= 0) {
    const bytes = Buffer.from(await request.arrayBuffer());
    if (bytes.length > jsonBytesMax) throw tooLarge();
    return bytes;
  }
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > jsonBytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function checkText(text: string): void {
  if (text.includes("\u0000")) throw malformed("The body holds a NUL character, which cannot be stored.");
  if (!text.isWellFormed()) throw malformed("The body holds half of a surrogate pair, which is no valid text.");
}

/** Refuses what no endpoint can mean: NUL, lone surrogates, `__proto__` keys, nesting over 50. */
function check(value: unknown, depth = 0): void {
  if (typeof value === "string") checkText(value);
  if (typeof value !== "object" || value === null) return;
  if (depth >= depthMax) throw malformed(`The body is nested deeper than ${depthMax} levels.`);
  if (Array.isArray(value)) {
    for (const item of value) check(item, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") throw malformed("The body holds a __proto__ key.");
    checkText(key);
    check(item, depth + 1);
  }
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
  check(value);
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
