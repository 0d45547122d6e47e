import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { misused } from "./failure.ts";
import { fileIn, type ZipFile, zip } from "./zip.ts";

/** What a server takes. */
const packageBytesMax = 100 * 1024 * 1024;
const entriesMax = 10_000;
const manifestBytesMax = 1024 * 1024;

/** A package: its bytes, and who it says that it is. */
export type PackageFile = {
  bytes: Buffer;
  /** The name that its file should have. */
  fileName: string;
  version: string | undefined;
  name: string | undefined;
  files: number | undefined;
  sha256: string;
};

const isLeftOut = (name: string) => name.startsWith(".") || name === "node_modules" || name.endsWith(".apkg");

async function pathsBelow(folder: string, under = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, under), { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue;
    const path = under ? `${under}/${entry.name}` : entry.name;
    if (entry.isDirectory()) found.push(...(await pathsBelow(folder, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

type Manifest = { name?: unknown; version?: unknown };

function manifestOf(bytes: Buffer | undefined, place: string): Manifest {
  if (!bytes) throw misused(`There is no manifest.json in ${place}`, "It stands at the root of a package.");
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    throw misused(`${place}: manifest.json is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw misused(`${place}: manifest.json is not a JSON object`);
  }
  const manifest = value as Manifest;
  if (typeof manifest.name !== "string" || manifest.name.trim() === "") {
    throw misused(`${place}: manifest.json has no "name"`);
  }
  return manifest;
}

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "") || "agent";

function packageOf(bytes: Buffer, { name, version }: Manifest, files: number | undefined): PackageFile {
  if (bytes.length > packageBytesMax)
    throw misused(`The package has ${bytes.length} bytes; at most ${packageBytesMax} are taken`);
  const given = typeof version === "string" ? version : undefined;
  const slug = slugOf(String(name));
  return {
    bytes,
    fileName: given ? `${slug}-${given.replace(/[^\w.+-]/g, "_")}.apkg` : `${slug}.apkg`,
    version: given,
    name: String(name),
    files,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

/** Packs a folder, leaving out hidden files, links and node_modules. Equal files make equal bytes. Throws `Failure`. */
export async function packFolder(folder: string): Promise<PackageFile> {
  const paths = (await pathsBelow(folder)).sort();
  if (paths.length > entriesMax) throw misused(`${folder} has ${paths.length} files; a package may have ${entriesMax}`);
  const files: ZipFile[] = [];
  for (const path of paths) files.push({ path, bytes: await readFile(join(folder, path)) });
  const manifest = manifestOf(files.find(({ path }) => path === "manifest.json")?.bytes, folder);
  return packageOf(zip(files), manifest, files.length);
}

/** A package from a folder, which is packed, or from an .apkg as it is. Throws `Failure`. */
export async function openPackage(path: string): Promise<PackageFile> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw misused(`There is no file or folder ${path}`);
  if (found.isDirectory()) return packFolder(path);
  const bytes = await readFile(path);
  const manifest = manifestOf(fileIn(bytes, "manifest.json", manifestBytesMax), basename(path));
  return { ...packageOf(bytes, manifest, undefined), fileName: basename(path) };
}
