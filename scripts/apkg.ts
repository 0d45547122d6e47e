import { createHash } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ArchiveError, readArchive } from "#lib/packages/archive";
import { parseManifest } from "#lib/packages/manifest-text";
import { packFolder } from "#lib/packages/pack";
import { packageBytesMax } from "#lib/packages/schema";
import { validatePackage } from "#lib/packages/validate";

/** What is wrong with the folder, in words for whoever packs it. */
class PackError extends Error {}

async function identityIn(path: string): Promise<{ slug: string; version: string }> {
  const manifest = await readArchive(path);
  if (!manifest) throw new PackError("There is no manifest.json in the folder.");
  const text = parseManifest(manifest);
  if ("problem" in text) throw new PackError(`manifest.json: ${text.problem}`);
  const { name, version } = text.value;
  if (typeof version !== "string") throw new PackError("manifest.json: version: give it one, such as 1.0.0");
  const slug = String(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return { slug: slug || "agent", version };
}

/** Packs a folder and checks the package as an upload would. Answers what to say about the .apkg. */
async function pack(folder: string, target: string): Promise<string> {
  const bytes = await packFolder(folder);
  if (bytes.length > packageBytesMax) {
    throw new PackError(`The package has ${bytes.length} bytes; at most ${packageBytesMax} are taken.`);
  }
  const draft = join(target, `.${process.pid}.apkg`);
  try {
    await writeFile(draft, bytes);
    const { slug, version } = await identityIn(draft);
    const sha256 = createHash("sha256").update(bytes).digest();
    const { failures } = await validatePackage({
      file: { path: draft, size: bytes.length, sha256 },
      version,
      signature: undefined,
      keys: { secret: undefined, publicKey: null },
      isSignatureRequired: false,
      isVersionTaken: false,
    });
    if (failures.length > 0) throw new PackError(["Package validation failed:", ...failures].join("\n  "));
    const path = join(target, `${slug}-${version}.apkg`);
    await rename(draft, path);
    return `${path}\n${bytes.length} bytes, sha256 ${sha256.toString("hex")}`;
  } finally {
    await rm(draft, { force: true });
  }
}

async function run(folder: string | undefined, target = "."): Promise<string> {
  if (!folder) throw new PackError("Usage: npm run apkg -- <folder with a manifest.json> [folder for the .apkg]");
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new PackError(`${folder} is not a folder.`);
  return pack(resolve(folder), resolve(target));
}

try {
  process.stdout.write(`${await run(...(process.argv.slice(2) as [string?, string?]))}\n`);
} catch (error) {
  if (!(error instanceof PackError || error instanceof ArchiveError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
