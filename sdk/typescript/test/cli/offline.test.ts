import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { archiveLimits, readArchive } from "../../../../lib/packages/archive.ts";
import { packFolder as packByServer } from "../../../../lib/packages/pack.ts";
import { isGroup } from "../../src/cli/command.ts";
import { entries } from "../../src/cli/commands/index.ts";
import { cell, clean, table } from "../../src/cli/output.ts";
import { openPackage, packFolder } from "../../src/cli/package-file.ts";
import { fileIn } from "../../src/cli/zip.ts";
import { cliIn, lines, main } from "./program.ts";

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

describe("what is typed", () => {
  const paths = entries.flatMap((entry) => [
    [entry.name],
    ...(isGroup(entry) ? entry.commands.map(({ name }) => [entry.name, name]) : []),
  ]);

  test("the program's help names every command and exit code, and every command has help of its own", async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    for (const { name, summary } of entries) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
    expect(out).toMatch(/^ {2}130 {2}interrupted$/m);
    const shown = await Promise.all(paths.slice(0, 4).map((path) => run([...path, "--help"])));
    for (const [at, one] of shown.entries())
      expect(one.out, paths[at]?.join(" ")).toMatch(/^[A-Z].*\n\nUsage\n {2}baton /);
    expect((await run(["help", "keys", "create"])).out).toBe((await run(["keys", "create", "-h"])).out);
    for (const entry of entries.flatMap((one) => (isGroup(one) ? one.commands : [one]))) {
      expect(entry.summary, entry.name).toMatch(/^[A-Z].*[^.]$/);
      for (const example of entry.examples ?? []) expect(example, entry.name).toContain("baton ");
    }
    expect((await run(["--version"])).out).toBe(
      `${JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")).version}\n`,
    );
  });

  test.each([
    [["kyes"], 'Did you mean "keys"?'],
    [["keys", "lst"], 'Did you mean "list"?'],
    [["spawn", "x", "--modle", "k2p5"], 'Did you mean "--model"?'],
    [["quote", "--model", "sonett"], 'Did you mean "sonnet"?'],
    [["spawn"], "needs <task>"],
    [["agents", "get", "a", "b"], 'one too many: "b"'],
    [["agents", "--limit", "many"], "takes a whole number"],
    [["agents", "--limit"], "needs a value"],
    [["credits", "--json=yes"], "takes no value"],
    [["completion", "fish"], "bash and zsh"],
    [["credits", "--url", "localhost"], "is no address"],
  ])("%j is refused with advice", async (words, message) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(lines(err)).toEqual([expect.stringContaining(message)]);
  });

  test("without a key there is nothing to do but to log in; a stored file that is broken is named", async () => {
    expect(await run(["credits"])).toMatchObject({ code: 3, err: expect.stringContaining("baton login") });
    expect(await run(["login"])).toMatchObject({ code: 2, err: expect.stringContaining("--key") });
    const env = { XDG_CONFIG_HOME: join(home, "broken") };
    folderOf("broken/baton", { "config.json": "{" });
    expect(await run(["credits"], { env })).toMatchObject({
      code: 2,
      err: expect.stringContaining("config.json is not JSON"),
    });
  });
});

describe("completion", () => {
  test("bash completes commands, subcommands, options and their words", async () => {
    const { out } = await run(["completion", "bash"]);
    const script = join(home, "baton.bash");
    writeFileSync(script, out);
    const complete = (line: string) => {
      const words = line.split(" ");
      const quoted = words.map((word) => `'${word}'`).join(" ");
      const text = `source ${script}; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _baton; echo "\${COMPREPLY[@]}"`;
      return execFileSync("bash", ["-c", text], { encoding: "utf8" }).trim();
    };
    expect(complete("baton de")).toBe("deploy");
    expect(complete("baton keys r")).toBe("rotate revoke");
    expect(complete("baton --profile work keys create --sc")).toBe("--scopes");
    expect(complete("baton spawn x --priority ")).toBe("low normal high");
    expect(complete("baton spawn x -m ")).toBe("k2p5 sonnet opus");
    expect(complete("baton agents --st")).toBe("--status");
    expect(complete("baton pack ./fol")).toBe("");
  });

  test("zsh has the same words, and takes the script where it is there", async () => {
    const { out } = await run(["completion", "zsh"]);
    expect(out).toMatch(/^#compdef baton\n/);
    expect(out).toContain('"keys") fit="list create rotate revoke');
    const checked = spawnSync("zsh", ["-n"], { input: out, encoding: "utf8" });
    expect(checked.error ? "" : checked.stderr).toBe("");
  });
});

test("columns are aligned, and text of others cannot move a terminal's cursor", () => {
  const rows = [
    { name: "a\nb\u001b[2J", count: 5 },
    { name: "Größe", count: 1200 },
  ];
  const columns = [
    { title: "NAME", of: (row: (typeof rows)[number]) => row.name },
    { title: "COUNT", of: (row: (typeof rows)[number]) => row.count, isNumber: true },
  ];
  expect(table(rows, columns, (_, text) => text)).toBe("NAME    COUNT\na b[2J      5\nGröße    1200");
  expect(clean("a\r\nb\u001b]0;title\u0007\tc\u009b")).toBe("a\nb]0;title\tc");
  expect(cell(null)).toBe("–");
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
