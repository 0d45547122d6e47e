import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseEnvironment } from "#lib/env";
import { createLocalStore } from "#lib/storage/local";
import type { ObjectStore } from "#lib/storage/object-store";
import { createS3Store } from "#lib/storage/s3";
import { bucket, startS3, type TestS3 } from "#lib/testing/s3-server";

let folder: string;
let s3: TestS3;
const stores: Record<string, ObjectStore> = {};
const contentType = "application/zip";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-store-"));
  s3 = await startS3();
  stores.s3 = createS3Store(bucket, parseEnvironment({ ...process.env, ...s3.environment }));
  stores.local = createLocalStore(folder);
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

async function fileOf(bytes: Buffer) {
  const path = join(folder, `${crypto.randomUUID()}.part`);
  await writeFile(path, bytes);
  return { path, size: bytes.length };
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe.each(["s3", "local"])("%s", (name) => {
  const store = () => stores[name] as ObjectStore;
  const put = async (key: string, bytes: Buffer) =>
    store().put(key, await fileOf(bytes), { contentType, sha256: sha256(bytes) });

  test("what is put is got, whole and in part, and is gone after its deletion", async () => {
    const bytes = randomBytes(100_000);
    await put("a/b/one.apkg", bytes);
    expect(await store().head("a/b/one.apkg")).toEqual({ size: bytes.length, modifiedAt: expect.any(Date) });
    const whole = await store().get("a/b/one.apkg");
    expect(whole.size).toBe(bytes.length);
    expect((await buffer(whole.stream)).equals(bytes)).toBe(true);
    const part = await store().get("a/b/one.apkg", { start: 10, end: 19 });
    expect(part.size).toBe(10);
    expect((await buffer(part.stream)).equals(bytes.subarray(10, 20))).toBe(true);
    await store().delete(["a/b/one.apkg", "a/b/never.apkg"]);
    expect(await store().head("a/b/one.apkg")).toBeUndefined();
    await expect(store().get("a/b/one.apkg")).rejects.toMatchObject({ code: "not_found" });
  });

  test("a second put replaces the first, and a large one arrives whole", async () => {
    await put("a/large.apkg", Buffer.from("first"));
    const bytes = randomBytes(20 * 1024 * 1024);
    await put("a/large.apkg", bytes);
    expect(sha256(await buffer((await store().get("a/large.apkg")).stream))).toBe(sha256(bytes));
  });

  test("objects are listed by prefix, and from behind a key", async () => {
    const keys = ["list/a/1.apkg", "list/a/2.apkg", "list/a/uploads/3.apkg", "list/b/1.apkg", "other/1.apkg"];
    for (const key of keys) await put(key, Buffer.from("x"));
    const all = await store().list("list/", 10);
    expect(all.map(({ key }) => key)).toEqual(keys.slice(0, 4));
    expect(all[0]).toEqual({ key: "list/a/1.apkg", size: 1, modifiedAt: expect.any(Date) });
    for (const [index, { key }] of all.entries()) {
      expect((await store().list("list/", 10, key)).map((one) => one.key)).toEqual(keys.slice(index + 1, 4));
    }
    expect(await store().list("nothing/", 10)).toEqual([]);
  });

  test("the check passes", async () => {
    await expect(store().check()).resolves.toBeUndefined();
  });
});

test("S3: links need no credentials, upload and download, and end", async () => {
  const store = stores.s3 as ObjectStore;
  const bytes = randomBytes(5_000);
  const exact = await store.presignPut("a/link.apkg", 60, { bytesMax: 10_000, contentType, size: bytes.length });
  expect(exact.url).toContain("X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost");
  const stored = await fetch(exact.url, { method: "PUT", body: new Uint8Array(bytes), headers: exact.headers });
  expect(stored.status).toBe(200);
  const link = await store.presignGet("a/link.apkg", 60, "agent.apkg");
  const got = await fetch(link);
  expect(got.headers.get("content-disposition")).toBe('attachment; filename="agent.apkg"');
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  expect(new URL(link).searchParams.get("X-Amz-Expires")).toBe("60");
});

test("S3: a server that is down or goes away is STORAGE_UNAVAILABLE, and nothing is half there", async () => {
  const store = stores.s3 as ObjectStore;
  const bytes = randomBytes(20 * 1024 * 1024);
  const down = { code: "unavailable", reason: "STORAGE_UNAVAILABLE" };
  const put = async () => store.put("a/cut.apkg", await fileOf(bytes), { contentType, sha256: sha256(bytes) });
  try {
    s3.cutAfter(2 * 1024 * 1024);
    await expect(put()).rejects.toMatchObject(down);
    s3.cutAfter(0);
    await expect(put()).rejects.toMatchObject(down);
    await expect(store.get("a/large.apkg")).rejects.toMatchObject(down);
    await expect(store.head("a/large.apkg")).rejects.toMatchObject(down);
    await expect(store.list("a/", 10)).rejects.toMatchObject(down);
    await expect(store.delete(["a/large.apkg"])).rejects.toMatchObject(down);
    await expect(store.check()).rejects.toMatchObject(down);
  } finally {
    s3.cutAfter(undefined);
  }
  expect(await store.head("a/cut.apkg")).toBeUndefined();
  await put();
  expect(await store.head("a/cut.apkg")).toMatchObject({ size: bytes.length });
});

test("local: pages hold as many objects as asked for, and each object comes once", async () => {
  const store = stores.local as ObjectStore;
  for (let n = 0; n < 7; n++) {
    await store.put(`page/${n % 3}/${n}.apkg`, await fileOf(Buffer.from("x")), { contentType, sha256: "" });
  }
  const found: string[] = [];
  for (let after: string | undefined, size = 2; size === 2; ) {
    const listed = await store.list("page/", 2, after);
    found.push(...listed.map(({ key }) => key));
    after = listed.at(-1)?.key;
    size = listed.length;
  }
  expect(found).toHaveLength(7);
  expect(new Set(found).size).toBe(7);
});

test("local: keys that would leave the folder are refused, and no draft stays after a failure", async () => {
  const store = stores.local as ObjectStore;
  for (const key of ["../x", "a/../../x", "/etc/x", "a//b", "a/./b", "", "a/\0"]) {
    await expect(store.get(key), key).rejects.toThrow();
  }
  const facts = { contentType, sha256: "" };
  await expect(store.put("a/x.apkg", { path: "/nonexistent", size: 1 }, facts)).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(
    (await readdir(join(folder, "objects"), { recursive: true })).filter((path) => path.includes("draft")),
  ).toEqual([]);
});
