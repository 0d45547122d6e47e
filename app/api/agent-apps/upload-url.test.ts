import { beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { linkUrl } from "#lib/storage/link";
import { objectStore } from "#lib/storage/store";
import { apkg, packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const file = apkg({ name: "Agent" });
let apiKey: string;
let appId: string;

beforeAll(async () => {
  ({ apiKey } = await createOrganization());
  appId = await makeApp();
});

async function makeApp(key = apiKey): Promise<string> {
  return (await send("POST /api/agent-apps", { apiKey: key, body: { name: "Large" } })).body.app.id;
}

const ask = (body: object = {}, id = appId) => send(`POST /api/agent-apps/${id}/packages/upload-url`, { apiKey, body });
const put = (url: string, body: Buffer) =>
  send(`PUT ${new URL(url).pathname}`, { body, headers: { "content-type": "application/zip" } });
const use = (object_key: string, version: string, id = appId, key = apiKey) =>
  send(`POST /api/agent-apps/${id}/packages`, { apiKey: key, body: { object_key, version } });
const refused = { status: 400, body: { code: "VALIDATION_ERROR", details: { object_key: expect.any(String) } } };

test("+C4 a file put to the link becomes a package, once, as JSON or as a form; the upload itself is gone then", async () => {
  const asked = await ask();
  expect(asked).toMatchObject({ status: 200, body: { headers: { "content-type": "application/zip" } } });
  const { upload_url, object_key, expires_at } = asked.body;
  expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(3_500_000);
  expect(await use(object_key, "1.0.0")).toMatchObject(refused);
  expect(await put(upload_url, file)).toMatchObject({ status: 200 });
  expect(await use(object_key, "nonsense")).toMatchObject({ status: 400, body: { details: ["Invalid version"] } });
  const made = await use(object_key, "1.0.0");
  expect(made, made.text).toMatchObject({ status: 201, body: { package: { version: "1.0.0", size: file.length } } });
  expect(await use(object_key, "1.0.1")).toMatchObject(refused);
  const store = await objectStore();
  await expect.poll(() => store.head(object_key)).toBeUndefined();

  const second = (await ask({ size: file.length })).body;
  expect(await put(second.upload_url, file)).toMatchObject({ status: 200 });
  const form = packageForm(undefined, { version: "1.1.0", object_key: second.object_key });
  expect(await send(`POST /api/agent-apps/${appId}/packages`, { apiKey, body: form })).toMatchObject({ status: 201 });
});

test("+C4 an object_key belongs to its app and organization, and ends", async () => {
  const { upload_url, object_key } = (await ask()).body;
  await put(upload_url, file);
  const other = await createOrganization();
  const otherApp = await makeApp(other.apiKey);
  expect(await use(object_key, "1.0.0", otherApp, other.apiKey)).toMatchObject(refused);
  expect(await use(object_key, "1.0.0", await makeApp())).toMatchObject(refused);
  expect(await use("baton/../../etc/passwd", "1.0.0")).toMatchObject(refused);
  await system.run(sql`update package_uploads set expires_at = now() where object_key = ${object_key}`);
  expect(await use(object_key, "1.0.0")).toMatchObject(refused);
});

test("+C4 of two requests with one object_key at once one makes the package", async () => {
  const { upload_url, object_key } = (await ask({}, appId)).body;
  await put(upload_url, file);
  const answers = await Promise.all(["2.0.0", "2.0.1", "2.0.2"].map((version) => use(object_key, version)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
});

test("+C4 the size is bounded: 100 MB to ask for, and exactly what was asked for to send", async () => {
  for (const size of [0, 100 * 1024 * 1024 + 1, 1.5, "1"]) {
    expect(await ask({ size })).toMatchObject({ status: 400, body: { details: { size: expect.any(String) } } });
  }
  const { upload_url } = (await ask({ size: 10 })).body;
  expect(await put(upload_url, Buffer.alloc(11))).toMatchObject({ status: 413 });
  expect(await put(upload_url, Buffer.alloc(9))).toMatchObject({ status: 400 });
  expect(await put(upload_url, Buffer.alloc(10))).toMatchObject({ status: 200 });
});

test("links are signed, for one action, and end", async () => {
  const { upload_url, object_key } = (await ask()).body;
  const { pathname } = new URL(upload_url);
  const [payload = "", signature = ""] = pathname.split("/").at(-1)?.split(".") ?? [];
  const forged = Buffer.from(JSON.stringify({ action: "get", key: object_key, expiresAt: 9e9, fileName: "x" }));
  const tokens = [
    `${payload}.${signature.slice(0, -2)}`,
    `${payload}x.${signature}`,
    `${forged.toString("base64url")}.${signature}`,
    payload,
    "x",
  ];
  for (const token of tokens)
    expect(await send(`PUT /api/storage/${token}`, { body: file })).toMatchObject({ status: 404 });
  expect(await send(`GET ${pathname}`)).toMatchObject({ status: 404 });
  const old = linkUrl({ action: "get", key: object_key, seconds: -1, fileName: "x" });
  expect(await send(`GET ${new URL(old).pathname}`)).toMatchObject({ status: 403, body: { code: "LINK_EXPIRED" } });
  const missing = linkUrl({ action: "get", key: object_key, seconds: 60, fileName: "x" });
  expect(await send(`GET ${new URL(missing).pathname}`)).toMatchObject({
    status: 404,
    body: { error: "Object not found" },
  });
});
