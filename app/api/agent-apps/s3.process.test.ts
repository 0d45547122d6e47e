import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { apkg, packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { ownDataFolder } from "#lib/testing/data-folder";
import { createOrganization } from "#lib/testing/factories";
import { bucket, startS3, type TestS3 } from "#lib/testing/s3-server";

const folder = ownDataFolder();
let s3: TestS3;
let client: S3Client;
let apiKey: string;
let appId: string;

beforeAll(async () => {
  s3 = await startS3();
  provideEnvironment(s3.environment);
  client = new S3Client({
    endpoint: s3.endpoint,
    region: "us-east-1",
    credentials: s3.credentials,
    forcePathStyle: true,
  });
  ({ apiKey } = await createOrganization());
  appId = (await send("POST /api/agent-apps", { apiKey, body: { name: "In a bucket" } })).body.app.id;
});
afterAll(() => s3.stop());

const noise = Buffer.concat(
  Array.from({ length: 160 }, () => Buffer.from(crypto.getRandomValues(new Uint8Array(65_536)))),
);
const file = apkg({ name: "Agent" }, [{ name: "data.bin", data: noise, method: 0 }]);
const upload = (version: string) =>
  send(`POST /api/agent-apps/${appId}/packages`, { apiKey, body: packageForm(file, { version }) });

async function keys(): Promise<string[]> {
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  return (Contents ?? []).flatMap(({ Key }) => Key ?? []).filter((key) => key.includes(appId));
}

test("C19 the AWS SDK as another client of the bucket sees the object with the recorded SHA-256", async () => {
  const made = await upload("1.0.0");
  expect(made.status, made.text).toBe(201);
  const { id, s3_url, sha256 } = made.body.package;
  const row = await system.one<{ objectKey: string; sha256: Buffer }>(sql`
    select object_key, sha256 from packages where id = ${id}`);
  expect(s3_url).toBe(`${s3.endpoint}/${bucket}/${row.objectKey}`);
  const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: row.objectKey }));
  const bytes = await buffer(Body as NodeJS.ReadableStream);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  expect(row.sha256.toString("hex")).toBe(sha256);
  expect(Metadata?.sha256).toBe(sha256);

  const leads = await send(`GET /api/agent-apps/${appId}/packages/${id}/download`, { apiKey });
  const downloaded = await fetch(leads.headers.get("location") ?? "");
  expect(Buffer.from(await downloaded.arrayBuffer()).equals(bytes)).toBe(true);

  expect((await send(`DELETE /api/agent-apps/${appId}/packages/${id}`, { apiKey })).status).toBe(200);
  await expect.poll(keys).toEqual([]);
});

test("+C4 a package put straight into the bucket becomes a package", async () => {
  const path = `/api/agent-apps/${appId}/packages`;
  const asked = await send(`POST ${path}/upload-url`, { apiKey, body: { size: file.length } });
  const { upload_url, object_key, headers } = asked.body;
  const stored = await fetch(upload_url, { method: "PUT", body: new Uint8Array(file), headers });
  expect(stored.status).toBe(200);
  const made = await send(`POST ${path}`, { apiKey, body: { object_key, version: "1.5.0" } });
  expect(made, made.text).toMatchObject({ status: 201, body: { package: { size: file.length } } });
  await expect.poll(keys).not.toContain(object_key);
  await send(`DELETE ${path}/${made.body.package.id}`, { apiKey });
  await expect.poll(keys).toEqual([]);
});

test("C19 a store that goes down in the middle is 503 STORAGE_UNAVAILABLE: no row, no object, no temporary file", async () => {
  for (const bytes of [3_000_000, 0]) {
    s3.cutAfter(bytes);
    const refused = await upload("2.0.0");
    expect(refused, refused.text).toMatchObject({ status: 503, body: { code: "STORAGE_UNAVAILABLE" } });
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    s3.cutAfter(undefined);
    expect(await keys()).toEqual([]);
  }
  expect((await send(`GET /api/agent-apps/${appId}/packages`, { apiKey })).body.packages).toEqual([]);
  expect(await readdir(join(folder, "uploads"))).toEqual([]);
  expect(await upload("2.0.0")).toMatchObject({ status: 201 });
});

test("C37 health says disconnected while the bucket cannot be reached", async () => {
  const storage = async () => (await send("GET /api/health")).body.services.storage;
  expect(await storage()).toBe("connected");
  s3.cutAfter(0);
  await expect.poll(storage, { timeout: 10_000 }).toBe("disconnected");
  s3.cutAfter(undefined);
  await expect.poll(storage, { timeout: 10_000 }).toBe("connected");
});
