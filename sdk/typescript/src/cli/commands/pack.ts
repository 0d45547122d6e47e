import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { command } from "../command.ts";
import { misused } from "../failure.ts";
import { facts } from "../output.ts";
import { packFolder } from "../package-file.ts";
import { bytes as sizeOf } from "../words.ts";

export const pack = command({
  name: "pack",
  summary: "Make an .apkg of a folder with a manifest.json",
  args: { folder: { summary: "The folder" } },
  options: {
    out: { type: "string", short: "o", value: "folder", summary: "Where the .apkg goes (the current folder)" },
  },
  details: "Hidden files, links, node_modules and other .apkg files are left out. The same files make the same bytes.",
  examples: ["baton pack ./greeter", "baton deploy $(baton pack ./greeter) --app Greeter --wait"],
  async run(cli, { args: { folder }, options: { out: target = "." } }) {
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) throw misused(`${folder} is not a folder`);
    const { bytes, fileName, version, name, files, sha256 } = await packFolder(folder);
    if (version === undefined)
      throw misused(`${folder}: manifest.json has no "version"`, "Give it one, such as 1.0.0.");
    await mkdir(target, { recursive: true });
    const file = join(target, fileName);
    const draft = join(target, `.${process.pid}.apkg`);
    try {
      await writeFile(draft, bytes);
      await rename(draft, file);
    } finally {
      await rm(draft, { force: true });
    }
    const about = facts(
      [
        ["Package", `${name} ${version}`],
        ["Files", files],
        ["Size", bytes.length < 1024 ? sizeOf(bytes.length) : `${bytes.length} bytes (${sizeOf(bytes.length)})`],
        ["SHA-256", sha256],
      ],
      cli.out.paintNote,
    );
    cli.out.note(about);
    cli.out.result({ file, name, version, files, size: bytes.length, sha256 }, () => file);
  },
});
