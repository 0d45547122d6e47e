import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { deflateRawSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ArchiveError, readArchive } from "#lib/packages/archive";
import { apkg, type RawEntry, rawZip } from "#lib/testing/archives";

const manifest = { name: "Agent", version: "1.0.0" };
let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-archives-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: Uint8Array): Promise<Buffer | undefined> {
  const path = join(folder, `${files++}.apkg`);
  await writeFile(path, bytes);
  return readArchive(path);
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await read(bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ArchiveError);
  return (error as Error).message;
}

const beside = (entry: RawEntry) => apkg(manifest, [entry]);

test("a sound archive gives its manifest, whoever packed it and however deep its folders are", async () => {
  const plain = zipSync({ "manifest.json": strToU8("{}"), "src/a/b.txt": strToU8("text"), "empty.txt": strToU8("") });
  expect((await read(plain))?.toString()).toBe("{}");
  const stored = rawZip([
    { name: "src/", data: "", method: 0, mode: 0o040755 },
    { name: "src/été.py", data: "print()" },
    { name: "manifest.json", data: '{"name":"x"}', method: 0 },
  ]);
  expect((await read(stored))?.toString()).toBe('{"name":"x"}');
  expect(await read(rawZip([{ name: "sub/manifest.json", data: "{}" }]))).toBeUndefined();
  expect(await read(rawZip([]))).toBeUndefined();
});

describe("zip slip", () => {
  test.each([
    ["../evil", /leaves the package/],
    ["a/../../evil", /leaves the package/],
    ["..", /leaves the package/],
    ["/etc/passwd", /absolute path/],
    ["C:/windows/evil", /absolute path/],
    ["..\\evil", /backslash/],
    ["a//b", /odd path/],
    ["./a", /odd path/],
    ["a\0b", /no usable name/],
    ["", /no usable name/],
    ["x".repeat(1_025), /too long/],
  ])("an entry named %j is refused", async (name, message) => {
    expect(await refusal(beside({ name, data: "x" }))).toMatch(message);
  });

  test("a local header that names another file than the directory does is refused", async () => {
    expect(await refusal(beside({ name: "good", localName: "evil", data: "x" }))).toMatch(/described in two ways/);
  });
});

test.each([
  ["a symbolic link", 0o120777],
  ["a character device", 0o020666],
  ["a named pipe", 0o010666],
  ["a socket", 0o140777],
])("%s is refused", async (_, mode) => {
  expect(await refusal(beside({ name: "link", data: "/etc/passwd", mode }))).toMatch(/link or a device/);
});

test("an entry that is there twice is refused", async () => {
  expect(await refusal(beside({ name: "manifest.json", data: "{}" }))).toMatch(/there twice/);
});

test("encrypted entries are refused, with traditional and with strong encryption", async () => {
  expect(await refusal(beside({ name: "a", data: "x", flags: 0x801 }))).toMatch(/encrypted/);
  expect(await refusal(beside({ name: "a", data: "x", flags: 0x841 }))).toMatch(/encryption/);
});

test("what is no ZIP, is cut off, is corrupt or packed by another method is refused", async () => {
  const sound = apkg(manifest, [{ name: "a", data: "some text that is packed" }]);
  expect(await refusal(Buffer.from("#!/bin/sh\n"))).toMatch(/not a ZIP/);
  expect(await refusal(Buffer.alloc(0))).toMatch(/not a ZIP/);
  expect(await refusal(Buffer.concat([Buffer.from("MZ"), sound]))).toMatch(/not a ZIP/);
  for (let length = 4; length < sound.length; length++) await refusal(sound.subarray(0, length));
  expect(await refusal(beside({ name: "a", data: "x", checksum: 1 }))).toMatch(/corrupt/);
  expect(await refusal(beside({ name: "a", packed: Buffer.from("not deflated"), unpackedSize: 5 }))).not.toBe("");
  expect(await refusal(beside({ name: "a", data: "x", method: 14 }))).toMatch(/method other than deflate/);
});

describe("zip bombs", () => {
  const zeros = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });

  test("more than 10,000 entries are refused before any is read, and none can hide", async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `f${index}`, data: "", method: 0 }));
    expect(await refusal(rawZip(many))).toMatch(/more than 10000 entries/);
    expect(await refusal(rawZip(many, 3))).toMatch(/more than it counts/);
    const honest = many.slice(0, 9_999);
    expect((await read(rawZip([{ name: "manifest.json", data: "{}" }, ...honest])))?.toString()).toBe("{}");
  });

  test("more than 1 GB unpacked is refused by what the headers say", async () => {
    const claims = { packed: zeros, unpackedSize: 600 * 1024 * 1024 };
    const two = [
      { name: "a", ...claims },
      { name: "b", ...claims },
    ];
    expect(await refusal(rawZip(two))).toMatch(/more than 1 GB/);
  });

  test("more than 100 times its size is refused", async () => {
    expect(await refusal(beside({ name: "a", packed: zeros, unpackedSize: 64 * 1024 * 1024 }))).toMatch(/100 times/);
  });

  test("headers that lie about the size are found out by what comes out", async () => {
    expect(await refusal(beside({ name: "a", packed: zeros, unpackedSize: 1_000 }))).toMatch(/too many bytes|1000/);
  });

  test("overlapping entries that share one kernel are refused", async () => {
    const kernel = { name: "a", data: Buffer.alloc(1_000_000) };
    const shared = Array.from({ length: 9 }, () => ({ ...kernel, name: "a", at: 0 }));
    expect(await refusal(rawZip([kernel, ...shared.map((entry, index) => ({ ...entry, name: `b${index}` }))]))).toMatch(
      /described in two ways|overlaps/,
    );
    // The cunning form: each entry's data is the next entry, local header and all.
    const inner = rawZip([{ name: "b", data: Buffer.alloc(1_000), method: 0 }]).subarray(0, 1_031);
    const quoting = rawZip([
      { name: "a", data: inner, method: 0 },
      { name: "b", data: Buffer.alloc(1_000), method: 0, at: 31 },
    ]);
    expect(await refusal(quoting)).toMatch(/overlaps/);
  });

  test("archives in archives (42-style) stay what they are, bytes: nothing inside them is unpacked", async () => {
    let layer = rawZip([{ name: "0", packed: zeros, unpackedSize: 64 * 1024 * 1024 }]);
    for (let depth = 0; depth < 5; depth++) {
      layer = rawZip(Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, data: layer })));
    }
    const started = performance.now();
    expect((await read(apkg(manifest, [{ name: "42.zip", data: layer }])))?.toString()).toContain("Agent");
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test("a manifest over 1 MB is refused: one of 50 MB by its header, and one whose header lies as it comes out", async () => {
  const large = `{"name":"x","a":"${"x".repeat(50 * 1024 * 1024)}"}`;
  expect(await refusal(rawZip([{ name: "manifest.json", data: large }]))).toMatch(/manifest.json is larger|100 times/);
  const packed = deflateRawSync(Buffer.alloc(2 * 1024 * 1024, 120));
  expect(await refusal(rawZip([{ name: "manifest.json", packed, unpackedSize: 100 }]))).toMatch(/too many|100/);
});

test("checking a large archive holds up nobody: the event loop is never blocked for long", async () => {
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)));
  const many = Array.from({ length: 400 }, (_, index) => ({ name: `f${index}`, data: noise, method: 0 }));
  const bytes = apkg(manifest, many);
  const path = join(folder, "large.apkg");
  await writeFile(path, bytes);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await readArchive(path);
  delay.disable();
  // The histogram holds the timer's own millisecond; the machine may be busy with other tests.
  expect(delay.percentile(50) / 1e6).toBeLessThan(5);
});
