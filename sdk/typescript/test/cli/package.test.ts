import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { archiveLimits, readArchive } from "../../../../lib/packages/archive.ts";
import { packFolder as packByServer } from "../../../../lib/packages/pack.ts";
import { openPackage, packFolder } from "../../src/cli/package-file.ts";
import { fileIn } from "../../src/cli/zip.ts";
import { cliIn, main } from "./program.ts";

const { home, run } = cliIn(() => ({}));
const sdk = join(import.meta.dirname, "../..");

function folderOf(name: string, files: Record<string, string | Buffer>): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(home, name, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, content);
  }
  return join(home, name);
}

describe("pack", () => {
  const manifest = JSON.stringify({ name: "Grüße & more", version: "1.2.0" });
  const files = {
    "manifest.json": manifest,
    "data/größe.txt": "Größe ".repeat(1_000),
    "data/empty": "",
    "data/bytes": Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256)),
    ".env": "SECRET=1",
    "node_modules/a/index.js": "x",
    "old.apkg": "PK",
  };

  test("makes what the server's own packer makes: the same files, taken by its reader, the same bytes each time", async () => {
    const folder = folderOf("whole", files);
    symlinkSync("/etc/hostname", join(folder, "link"));
    const packed = await packFolder(folder);
    expect(packed).toMatchObject({ fileName: "gr-e-more-1.2.0.apkg", version: "1.2.0", files: 4 });
    expect((await packFolder(folder)).bytes.equals(packed.bytes)).toBe(true);
    const file = join(home, "whole.apkg");
    writeFileSync(file, packed.bytes);
    expect((await readArchive(file))?.toString()).toBe(manifest);
    const other = await packByServer(folder);
    const names = ["manifest.json", "data/größe.txt", "data/empty", "data/bytes"];
    for (const name of names) {
      const mine = fileIn(packed.bytes, name, archiveLimits.unpackedBytes);
      expect(mine?.equals(Buffer.from(files[name as keyof typeof files])), name).toBe(true);
      expect(fileIn(other, name, archiveLimits.unpackedBytes)?.equals(mine ?? Buffer.of()), name).toBe(true);
    }
    for (const name of ["link", ".env", "old.apkg", "node_modules/a/index.js"]) {
      expect(fileIn(packed.bytes, name, 1_000), name).toBeUndefined();
    }
    expect(await openPackage(file)).toMatchObject({ version: "1.2.0", sha256: packed.sha256, fileName: "whole.apkg" });
  });

  test.each([
    [{ "a.txt": "a" }, "There is no manifest.json"],
    [{ "manifest.json": "{" }, "is not JSON"],
    [{ "manifest.json": "[]" }, "is not a JSON object"],
    [{ "manifest.json": '{"version":"1.0.0"}' }, 'has no "name"'],
    [{ "manifest.json": '{"name":"a"}' }, 'has no "version"'],
  ])("refuses %j", async (content, message) => {
    const name = `bad-${message.replace(/\W+/g, "-")}`;
    folderOf(name, content as Record<string, string>);
    expect(await run(["pack", name])).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
  });

  test("what is no archive, and one whose numbers lead nowhere, has no manifest", async () => {
    const { bytes } = await packFolder(folderOf("small", { "manifest.json": '{"name":"a"}' }));
    for (const broken of [
      Buffer.from("PK"),
      bytes.subarray(0, -30),
      Buffer.concat([bytes.subarray(0, -6), Buffer.alloc(6, 255)]),
    ]) {
      expect(fileIn(broken, "manifest.json", 1_000)).toBeUndefined();
    }
    expect(await run(["deploy", main, "--app", "x"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("manifest.json"),
    });
    expect(await run(["deploy", "no-such", "--app", "x"])).toMatchObject({ code: 2 });
  });
});

test("the built program runs as npm would start it", async () => {
  const out = join(home, "built");
  const tsc = join(sdk, "../../node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", sdk, "--outDir", join(out, "dist")]);
  writeFileSync(join(out, "package.json"), readFileSync(join(sdk, "package.json")));
  const built = join(out, "dist/cli/main.js");
  expect(readFileSync(built, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  chmodSync(built, 0o755);
  expect(statSync(built).mode & 0o100).not.toBe(0);
  expect(
    execFileSync(built, ["--version"], { encoding: "utf8", env: { PATH: process.env.PATH, NODE_ENV: "test" } }),
  ).toBe("2.0.0\n");
  expect(
    await run(["pack", folderOf("again", { "manifest.json": '{"name":"a","version":"1.0.0"}' })], { program: [built] }),
  ).toMatchObject({ code: 0, out: "a-1.0.0.apkg\n" });
  rmSync(out, { recursive: true });
}, 60_000);
