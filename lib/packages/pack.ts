import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Zippable, zipSync } from "fflate";

/** The oldest time a ZIP can hold: with it, the same files always make the same bytes. */
const dosEpoch = new Date(1980, 0, 1);

/** What never belongs into a package. */
const isLeftOut = (name: string) => name.startsWith(".") || name === "node_modules" || name.endsWith(".apkg");

async function filesBelow(folder: string, under = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, under), { withFileTypes: true })) {
    const path = under ? `${under}/${entry.name}` : entry.name;
    if (isLeftOut(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** Makes the bytes of an .apkg of a folder, leaving out hidden files, links and node_modules. Equal files, equal bytes. */
export async function packFolder(folder: string): Promise<Buffer> {
  const files: Zippable = {};
  for (const path of (await filesBelow(folder)).sort()) {
    files[path] = [await readFile(join(folder, path)), { mtime: dosEpoch, level: 9, os: 3, attrs: 0o100644 << 16 }];
  }
  return Buffer.from(zipSync(files));
}
