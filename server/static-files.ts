import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
type Encoding = "br" | "gzip";
type StaticFile = { body: Buffer; etag: string };
/** The forms of one file, the smallest first. */
type Forms = { type: string; encoded: Partial<Record<Encoding, StaticFile>> };

const prefix = "/_next/static/";
const endings: Record<Encoding, string> = { br: ".br", gzip: ".gz" };
const encodings = Object.keys(endings) as Encoding[];

const types: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".svg": "image/svg+xml",
  ".json": "application/json; charset=UTF-8",
  ".txt": "text/plain; charset=UTF-8",
};

/**
 * Sends the files below `/_next/static/` as the build compressed them, out of memory; everything else, parts of files and
 * browsers that accept no compression go to `otherwise`, which is Next. So does all of a build whose files are not compressed.
 */
export function serveCompressed(root: string, otherwise: Listener): Listener {
  const files = readCompressed(join(root, ".next"));
  if (files.size === 0) return otherwise;
  return (incoming, outgoing) => {
    const { url = "/", method, headers } = incoming;
    const forms = url.startsWith(prefix) ? files.get(url.split("?", 1)[0] ?? url) : undefined;
    const encoding = encodings.find((name) => forms?.encoded[name] && accepts(headers["accept-encoding"], name));
    const file = encoding && forms?.encoded[encoding];
    const isPlain = (method === "GET" || method === "HEAD") && headers.range === undefined;
    if (!forms || !file || !isPlain) return otherwise(incoming, outgoing);

    outgoing.setHeader("etag", file.etag);
    outgoing.setHeader("vary", "Accept-Encoding");
    // A file's name holds the hash of its content.
    outgoing.setHeader("cache-control", "public, max-age=31536000, immutable");
    if (isKnown(headers["if-none-match"], file.etag)) return outgoing.writeHead(304).end();
    outgoing.writeHead(200, {
      "content-type": forms.type,
      "content-encoding": encoding,
      "content-length": file.body.length,
    });
    return outgoing.end(method === "HEAD" ? undefined : file.body);
  };
}

/** By the path of their URL. Empty when the files on disk are of no build or of another one. */
function readCompressed(buildDir: string): Map<string, Forms> {
  const files = new Map<string, Forms>();
  const buildId = idIn(buildDir, "BUILD_ID");
  if (buildId === undefined || idIn(buildDir, "baton-compressed") !== buildId) return files;
  const folder = join(buildDir, "static");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const encoding = encodings.find((name) => entry.name.endsWith(endings[name]));
    if (!encoding || !entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const original = relative(folder, path).slice(0, -endings[encoding].length);
    const type = types[extname(original)];
    if (!type) continue;
    const url = prefix + original.split(sep).map(encodeURIComponent).join("/");
    const forms = files.get(url) ?? { type, encoded: {} };
    const body = readFileSync(path);
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    forms.encoded[encoding] = { body, etag };
    files.set(url, forms);
  }
  return files;
}

function idIn(buildDir: string, name: string): string | undefined {
  const path = join(buildDir, name);
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
}

function accepts(header: string | string[] | undefined, encoding: Encoding): boolean {
  return String(header ?? "")
    .toLowerCase()
    .split(",")
    .some((part) => {
      const [name, ...parameters] = part.split(";").map((word) => word.trim());
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
}

function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*");
}
