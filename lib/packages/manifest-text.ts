import { isUtf8 } from "node:buffer";
import { AppError } from "#lib/errors";
import { checkJson, jsonDepthMax } from "#lib/json";

/** So many values parse within a few milliseconds; no honest manifest comes near. */
const valuesMax = 20_000;

const [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace] = Buffer.from('"\\,[]{}');

/** Counts values and nesting without building anything: parsing a hostile text would hold up everybody else. */
function isModest(bytes: Buffer): boolean {
  let [values, depth, isText] = [1, 0, false];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (isText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === comma) values += 1;
    else if (byte === openBracket || byte === openBrace) {
      values += 1;
      depth += 1;
      if (depth > jsonDepthMax) return false;
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    if (values > valuesMax) return false;
  }
  return true;
}

export type ManifestText = { value: Record<string, unknown> } | { problem: string };

/** Parses the bytes of a manifest.json. A problem is a phrase for its maker. */
export function parseManifest(bytes: Buffer): ManifestText {
  if (!isUtf8(bytes)) return { problem: "it is not UTF-8" };
  if (!isModest(bytes)) {
    return { problem: `it is nested deeper than ${jsonDepthMax} levels or holds more than ${valuesMax} values` };
  }
  try {
    // Editors of some systems begin a file with a byte order mark.
    const value: unknown = JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, ""));
    checkJson(value, "it");
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return { problem: "it is not a JSON object" };
    return { value: value as Record<string, unknown> };
  } catch (error) {
    return { problem: error instanceof AppError ? error.message.replace(/\.$/, "") : "it is not JSON" };
  }
}
