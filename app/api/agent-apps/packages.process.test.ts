import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { apkg, packageForm, rawZip } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { ownDataFolder } from "#lib/testing/data-folder";
import { createOrganization } from "#lib/testing/factories";

const folder = ownDataFolder();
let apiKey: string;
let organizationId: string;

beforeAll(async () => {
  ({ apiKey, organizationId } = await createOrganization());
});

async function makeApp(): Promise<string> {
  return (await send("POST /api/agent-apps", { apiKey, body: { name: "Support" } })).body.app.id;
}

const post = (appId: string, body: FormData, headers: Record<string, string> = {}) =>
  send(`POST /api/agent-apps/${appId}/packages`, { apiKey, body, headers });

const objectsOf = async (appId: string) =>
  (await readdir(join(folder, "objects"), { recursive: true })).filter(
    (path) => path.includes(appId) && path.endsWith(".apkg"),
  );

const sound = apkg({ name: "Agent" }, [{ name: "prompts/system.txt", data: "Be kind." }]);
const invalid = (details: unknown) => ({
  status: 400,
  body: { error: "Package validation failed", code: "PACKAGE_VALIDATION_FAILED", details },
});

test("C19 stores a package: row, object, SHA-256, usage without credits; C21 lists newest first", async () => {
  const id = await makeApp();
  const made = await post(id, packageForm(sound, { version: "1.0.1" }));
  const sha256 = createHash("sha256").update(sound).digest("hex");
  expect(made).toMatchObject({
    status: 201,
    body: { package: { version: "1.0.1", size: sound.length, sha256, status: "uploaded", signature: "none" } },
  });
  const { id: packageId, s3_url } = made.body.package;
  expect(s3_url).toMatch(/^http/);
  const usage = await system.all(sql`
    select type, description, value from usage_events
    where organization_id = ${organizationId} and agent_app_id = ${id}`);
  expect(usage).toEqual([{ type: "package_upload", description: "Support v1.0.1", value: null }]);
  const second = await post(id, packageForm(sound, { version: "1.1.0-beta.1+build.5" }));
  expect(second.status, second.text).toBe(201);
  const list = await send(`GET /api/agent-apps/${id}/packages`, { apiKey });
  expect(list.body.packages.map(({ version }: { version: string }) => version)).toEqual([
    "1.1.0-beta.1+build.5",
    "1.0.1",
  ]);
  expect(list.body.packages[1]).toEqual(made.body.package);
  expect((await objectsOf(id)).length).toBe(2);

  // The address leads, with credentials, to the very bytes.
  const leads = await send(`GET ${new URL(s3_url).pathname}`, { apiKey });
  expect(leads.status).toBe(302);
  expect((await send(`GET ${new URL(s3_url).pathname}`)).status).toBe(401);
  const { pathname } = new URL(leads.headers.get("location") ?? "");
  const file = await send(`GET ${pathname}`);
  expect(file.status).toBe(200);
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="package-1.0.1.apkg"');
  expect(file.headers.get("content-length")).toBe(String(sound.length));
  const part = await send(`GET ${pathname}`, { headers: { range: "bytes=0-1" } });
  expect(part).toMatchObject({ status: 206, text: "PK" });
  expect(packageId).toMatch(/^[0-9a-f-]{36}$/);
});

test("C19 without file or version is a VALIDATION_ERROR that names both", async () => {
  const id = await makeApp();
  const required = "Required field missing";
  for (const body of [new FormData(), {}, undefined]) {
    const refused = await send(`POST /api/agent-apps/${id}/packages`, { apiKey, body });
    expect(refused, refused.text).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    if (!(body instanceof FormData)) expect(refused.body.details).toEqual({ file: required, version: required });
  }
  const noFile = await post(id, packageForm(undefined, { version: "1.0.0" }));
  expect(noFile).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR", details: { file: required } } });
  const noVersion = await post(id, packageForm(sound, {}));
  expect(noVersion).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR", details: { version: required } } });
  expect(await objectsOf(id)).toEqual([]);
});

test("C19 collects every failure of a package in the contract's words", async () => {
  const id = await makeApp();
  await post(id, packageForm(sound, { version: "1.0.0" }));
  const cases: [Buffer, string, unknown][] = [
    [
      Buffer.from("no zip"),
      "1.0.0",
      ["Invalid APKG format", expect.stringMatching(/not a ZIP/), "Version already exists"],
    ],
    [rawZip([{ name: "readme.md", data: "x" }]), "v1", ["Missing required manifest.json", "Invalid version"]],
    [apkg("[]"), "2.0.0", ["Invalid manifest.json", "manifest.json: it is not a JSON object"]],
    [apkg("{"), "2.0.0", ["Invalid manifest.json", "manifest.json: it is not JSON"]],
    [apkg({ version: "2.0.0" }), "2.0.0", ["Invalid manifest.json", expect.stringMatching(/^manifest.json: name: /)]],
    [apkg({ name: 5 }), "2.0.0", ["Invalid manifest.json", expect.stringMatching(/^manifest.json: name: /)]],
    [
      apkg({ name: 5, version: "3.0.0" }),
      "1.0.0",
      ["Invalid manifest.json", expect.any(String), "Manifest version does not match", "Version already exists"],
    ],
    [apkg({ name: "x", version: "2.0.1" }), "2.0.0", ["Manifest version does not match"]],
    [
      apkg(`{"name":"x","a":${"[".repeat(60)}${"]".repeat(60)}}`),
      "2.0.0",
      ["Invalid manifest.json", expect.any(String)],
    ],
    [apkg(`{"name":"x","a":[${"1,".repeat(30_000)}1]}`), "2.0.0", ["Invalid manifest.json", expect.any(String)]],
    [apkg('{"name":"a\\u0000b"}'), "2.0.0", ["Invalid manifest.json", expect.stringMatching(/NUL/)]],
    [apkg('{"name":"x","__proto__":{}}'), "2.0.0", ["Invalid manifest.json", expect.stringMatching(/__proto__/)]],
    [apkg(Buffer.from([0x7b, 0xff, 0x7d])), "2.0.0", ["Invalid manifest.json", "manifest.json: it is not UTF-8"]],
  ];
  for (const [file, version, details] of cases) {
    const refused = await post(id, packageForm(file, { version }));
    expect(refused, refused.text).toMatchObject(invalid(details));
  }
  expect(await objectsOf(id)).toHaveLength(1);
});

test.each([
  "1",
  "1.0",
  "01.0.0",
  "1.0.0.0",
  " 1.0.0",
  "v1.0.0",
  "1.0.0-",
  "1.0.0-a..b",
  "latest",
  `1.0.0-${"a".repeat(100)}`,
])("C19 refuses the version %j", async (version) => {
  const id = await makeApp();
  expect(await post(id, packageForm(sound, { version }))).toMatchObject(invalid(["Invalid version"]));
});

test("C19 of many uploads of one version at once exactly one wins, and the others leave no object", async () => {
  const id = await makeApp();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => post(id, packageForm(sound, { version: "1.0.0" }))),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expect(answer).toMatchObject(invalid(["Version already exists"]));
  }
  expect(await objectsOf(id)).toHaveLength(1);
  expect((await send(`GET /api/agent-apps/${id}/packages`, { apiKey })).body.packages).toHaveLength(1);
});

test("README 5.4 the retry of an upload with its Idempotency-Key gets the same answer, whatever its boundary", async () => {
  const id = await makeApp();
  const key = { "idempotency-key": "upload-1" };
  const first = await post(id, packageForm(sound, { version: "1.0.0" }), key);
  const again = await post(id, packageForm(sound, { version: "1.0.0" }), key);
  expect(again).toMatchObject({ status: 201, text: first.text });
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const other = await post(id, packageForm(sound, { version: "1.0.1" }), key);
  expect(other).toMatchObject({ status: 409, body: { code: "IDEMPOTENCY_MISMATCH" } });
  expect(await objectsOf(id)).toHaveLength(1);
});

test("forms that are cut off, are no forms, or say a thing twice are refused, and no temporary file stays", async () => {
  const id = await makeApp();
  const raw = (body: string, type: string) =>
    send(`POST /api/agent-apps/${id}/packages`, { apiKey, body, headers: { "content-type": type } });
  const part = '--b\r\ncontent-disposition: form-data; name="version"\r\n\r\n1.0.0\r\n';
  const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nPK';
  for (const body of [part, file, `${part}${file}`, "--b\r\ncontent-disp", "", "nothing of the kind"]) {
    expect(await raw(body, "multipart/form-data; boundary=b"), JSON.stringify(body)).toMatchObject({ status: 400 });
  }
  expect(await raw("x", "multipart/form-data")).toMatchObject({ status: 400 });
  expect(await raw("version=1.0.0", "application/x-www-form-urlencoded")).toMatchObject({ status: 415 });
  expect(await raw(`${part}${part}${file}\r\n--b--\r\n`, "multipart/form-data; boundary=b")).toMatchObject({
    status: 400,
    body: { details: { version: "Is there twice" } },
  });
  expect(await raw(`${part}${file}\r\n${file}\r\n--b--\r\n`, "multipart/form-data; boundary=b")).toMatchObject({
    status: 400,
    body: { details: { file: "Is there twice" } },
  });
  const long = packageForm(sound, { version: "1.0.0", note: "x".repeat(70_000) });
  expect(await post(id, long)).toMatchObject({ status: 413, body: { code: "PAYLOAD_TOO_LARGE" } });
  const many = packageForm(sound, Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`f${n}`, "x"])));
  expect(await post(id, many)).toMatchObject({ status: 400 });
  const signed = packageForm(sound, { version: "1.0.0" }, "x".repeat(2_000));
  expect(await post(id, signed)).toMatchObject({ status: 413 });
  expect(await readdir(join(folder, "uploads"))).toEqual([]);
  expect(await objectsOf(id)).toEqual([]);
});
