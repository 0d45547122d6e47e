import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { Busboy } from "@fastify/busboy";
import { malformed } from "#lib/errors";
import { jsonBytesMax, readBytes, readJson } from "#lib/http/body";
import { checkJson } from "#lib/json";

const fieldsMax = 100;

type Fields = Map<string, string>;

function add(fields: Fields, name: string, value: string): void {
  if (fields.has(name)) throw malformed(`The form has the field ${name} twice.`);
  if (fields.size >= fieldsMax) throw malformed(`A form may have ${fieldsMax} fields.`);
  fields.set(name, value);
}

/** The fields of a form: a browser sends those that nobody filled in as empty texts, which count as not sent. */
function filled(fields: Fields): Record<string, string> {
  const values = Object.fromEntries([...fields].filter(([, value]) => value !== ""));
  checkJson(values, "The form");
  return values;
}

function readMultipart(bytes: Buffer, type: string): Promise<Fields> {
  const fields: Fields = new Map();
  const { promise, resolve, reject } = Promise.withResolvers<Fields>();
  const broken = () => reject(malformed("The form is cut off or is no valid multipart/form-data."));
  try {
    const limits = { fieldSize: jsonBytesMax, fields: fieldsMax + 1, parts: fieldsMax + 1, headerSize: 16_384 };
    const parser = new Busboy({ headers: { "content-type": type }, limits });
    parser.on("field", (name, value) => {
      try {
        add(fields, name, value);
      } catch (error) {
        reject(error);
      }
    });
    parser.on("file", (name, stream) => {
      stream.on("error", () => undefined).resume();
      reject(malformed(`Send ${name} as a field, not as a file.`));
    });
    parser.on("error", broken);
    parser.on("finish", () => resolve(fields));
    parser.end(bytes);
  } catch {
    reject(malformed("The form's Content-Type names no boundary."));
  }
  return promise;
}

/** Whatever the boundary of a multipart form, the same fields are the same request. */
const textOf = (values: Record<string, string>) =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(values).toSorted()))
    .digest("hex");

/**
 * Reads fields that may come as `application/x-www-form-urlencoded`, as `multipart/form-data` without files, or as JSON:
 * the texts of a form, the values of JSON. `text` says whether two requests are the same. Throws `malformed`,
 * `payload_too_large` above 5 MB, and `unsupported_media_type`.
 */
export async function readFields(request: Request): Promise<{ text: string; value: unknown }> {
  const type = request.headers.get("content-type") ?? "";
  const kind = /^\s*([^;\s]*)/.exec(type)?.[1]?.toLowerCase();
  if (kind === "multipart/form-data") {
    const value = filled(await readMultipart(await readBytes(request), type));
    return { text: textOf(value), value };
  }
  if (kind !== "application/x-www-form-urlencoded") return readJson(request);
  const bytes = await readBytes(request);
  if (!isUtf8(bytes)) throw malformed("The form is not valid UTF-8.");
  const text = bytes.toString("utf8");
  const fields: Fields = new Map();
  for (const [name, value] of new URLSearchParams(text)) add(fields, name, value);
  return { text, value: filled(fields) };
}
