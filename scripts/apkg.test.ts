import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readArchive } from "#lib/packages/archive";

const root = join(import.meta.dirname, "..");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-apkg-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function apkg(...given: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = promisify(execFile)(process.execPath, [join(root, "scripts/apkg.ts"), ...given], { cwd: root });
  return command.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test.each(["support-reply", "release-notes-team"])("the example %s packs into a sound package", async (name) => {
  const packed = await apkg(`examples/${name}`, folder);
  expect(packed, packed.stderr).toMatchObject({ code: 0 });
  const path = join(folder, `${name}-1.0.0.apkg`);
  expect(packed.stdout).toMatch(new RegExp(`^${path}\n\\d+ bytes, sha256 [0-9a-f]{64}\n$`));
  const manifest = await readFile(join(root, "examples", name, "manifest.json"));
  expect((await readArchive(path))?.equals(manifest)).toBe(true);
});

test("equal files make equal bytes, whenever and wherever they are packed; what must stay at home does", async () => {
  const copy = join(folder, "copy");
  await cp(join(root, "examples/support-reply"), copy, { recursive: true });
  await utimes(join(copy, "README.md"), new Date(), new Date());
  for (const hidden of [".env", "node_modules/x/index.js", "old-1.0.0.apkg"]) {
    const path = join(copy, hidden);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, "secret");
  }
  await symlink("/etc/passwd", join(copy, "link"));
  const [one, other] = [join(folder, "one"), join(folder, "other")];
  await Promise.all([mkdir(one), mkdir(other)]);
  await apkg("examples/support-reply", one);
  await apkg(copy, other);
  const [first, second] = await Promise.all([one, other].map((at) => readFile(join(at, "support-reply-1.0.0.apkg"))));
  expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  expect(Object.keys(unzipSync(first ?? Buffer.alloc(0)))).toEqual(["README.md", "manifest.json"]);
});

test("a folder that makes no package is refused with the reason, and leaves no file", async () => {
  const wrong = join(folder, "wrong");
  const target = join(folder, "target");
  await Promise.all([mkdir(wrong), mkdir(target)]);
  const refused = async (message: RegExp) => {
    const packed = await apkg(wrong, target);
    expect(packed.code).toBe(1);
    expect(packed.stderr).toMatch(message);
    expect(await readdir(target)).toEqual([]);
  };
  await refused(/no manifest.json/);
  const manifest = (value: unknown) => writeFile(join(wrong, "manifest.json"), JSON.stringify(value));
  await manifest({ name: "x" });
  await refused(/version: give it one/);
  await manifest({ name: "x", version: "1" });
  await refused(/Invalid version/);
  await manifest({ name: "x", version: "1.0.0", tools: [{ name: "a" }] });
  await refused(/manifest.json: tools.0.description/);
  expect((await apkg()).stderr).toMatch(/^Usage/);
  expect((await apkg(join(folder, "nowhere"))).stderr).toMatch(/is not a folder/);
});
