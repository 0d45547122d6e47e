import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { apkg, packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const file = apkg({ name: "Signed" });
const mismatch = { status: 400, body: { code: "PACKAGE_VALIDATION_FAILED", details: ["Signature mismatch"] } };
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
const ed25519 = sign(null, createHash("sha256").update(file).digest(), privateKey);

let apiKey: string;
let versions = 0;

beforeAll(async () => {
  ({ apiKey } = await createOrganization());
});

async function makeApp(): Promise<string> {
  return (await send("POST /api/agent-apps", { apiKey, body: { name: "Signed" } })).body.app.id;
}

const patch = (id: string, body: object) => send(`PATCH /api/agent-apps/${id}`, { apiKey, body });

function upload(id: string, signature?: Buffer | string) {
  const body = packageForm(file, { version: `1.0.${versions++}` }, signature);
  return send(`POST /api/agent-apps/${id}/packages`, { apiKey, body });
}

const accepted = (signature: string) => ({ status: 201, body: { package: { signature } } });

test("C20 HMAC signatures pass in hex and base64 and are refused when wrong; the secret is shown once and stored sealed", async () => {
  const id = await makeApp();
  expect(await upload(id, "anything")).toMatchObject(accepted("unchecked"));
  const made = await send(`POST /api/agent-apps/${id}/signing-secret`, { apiKey });
  expect(made).toMatchObject({
    status: 201,
    body: { signing_secret: expect.stringMatching(/^pkgsig_[A-Za-z0-9]{40}$/) },
  });
  const { signing_secret: secret } = made.body;
  const shown = await send(`GET /api/agent-apps/${id}`, { apiKey });
  expect(shown.body.app.has_signing_secret).toBe(true);
  expect(shown.text).not.toContain(secret);
  const stored = await system.one<{ text: string }>(sql`
    select encode(sealed_signing_secret, 'escape') as text from agent_apps where id = ${id}`);
  expect(stored.text).not.toContain(secret);

  const right = createHmac("sha256", secret).update(file).digest();
  for (const form of [
    right.toString("hex"),
    `${right.toString("base64")}\n`,
    right.toString("hex").toUpperCase(),
    right,
  ]) {
    expect(await upload(id, form)).toMatchObject(accepted("verified"));
  }
  const wrong = createHmac("sha256", "another").update(file).digest("hex");
  for (const form of [wrong, right.subarray(1), "no signature", "0".repeat(64)]) {
    expect(await upload(id, form)).toMatchObject(mismatch);
  }
  expect(await upload(id)).toMatchObject(accepted("none"));

  await send(`POST /api/agent-apps/${id}/signing-secret`, { apiKey });
  expect(await upload(id, right)).toMatchObject(mismatch);
  expect(await send(`DELETE /api/agent-apps/${id}/signing-secret`, { apiKey })).toMatchObject({ status: 200 });
  expect(await upload(id, right)).toMatchObject(accepted("unchecked"));
});

test("Ed25519 signatures over the file's SHA-256 pass with a public key given as PEM or as its bytes", async () => {
  const id = await makeApp();
  for (const given of [pem, raw]) {
    expect(await patch(id, { public_key: given })).toMatchObject({ status: 200, body: { app: { public_key: raw } } });
    for (const form of [ed25519, ed25519.toString("base64"), ed25519.toString("hex")]) {
      expect(await upload(id, form)).toMatchObject(accepted("verified"));
    }
    const other = sign(null, Buffer.alloc(32), privateKey);
    for (const form of [other, ed25519.subarray(1), "x"]) expect(await upload(id, form)).toMatchObject(mismatch);
  }
});

test("C17 refuses what is no Ed25519 public key", async () => {
  const id = await makeApp();
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey.export({ type: "spki", format: "pem" });
  const secret = privateKey.export({ type: "pkcs8", format: "pem" });
  for (const given of ["", "no key", raw.slice(4), rsa.toString(), secret.toString(), pem.replace("MCow", "AAAA")]) {
    expect(await patch(id, { public_key: given })).toMatchObject({
      status: 400,
      body: { code: "VALIDATION_ERROR", details: { public_key: expect.any(String) } },
    });
  }
});

test("require_signature refuses packages without one, and needs something to check them with", async () => {
  const id = await makeApp();
  const nothing = { status: 400, body: { details: { require_signature: expect.any(String) } } };
  expect(await patch(id, { require_signature: true })).toMatchObject(nothing);
  expect(await patch(id, { require_signature: true, public_key: pem })).toMatchObject({ status: 200 });
  expect(await upload(id)).toMatchObject(mismatch);
  expect(await upload(id, ed25519)).toMatchObject(accepted("verified"));
  expect(await patch(id, { public_key: null })).toMatchObject(nothing);
  await send(`POST /api/agent-apps/${id}/signing-secret`, { apiKey });
  expect(await patch(id, { public_key: null })).toMatchObject({ status: 200, body: { app: { public_key: null } } });
  expect(await send(`DELETE /api/agent-apps/${id}/signing-secret`, { apiKey })).toMatchObject(nothing);
});
