import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Scope } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createKey } from "#lib/keys/service";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

const all: Scope[] = ["agents:read", "agents:write", "billing:read", "admin:write"];
const use = (apiKey: string) => send("GET /api/organizations/current", { apiKey });

test("C11 makes a key that works at once; only its hash is stored; usage, event and audit name it", async () => {
  const { apiKey, organizationId, userId } = await createOrganization();
  const made = await send("POST /api/api-keys", { apiKey, body: { name: " Deploys " } });
  expect(made).toMatchObject({ status: 201, body: { apiKey: { name: "Deploys", scopes: all } } });
  const { id, key, created_at, ...rest } = made.body.apiKey;
  expect(key).toMatch(/^sk_live_[A-Za-z0-9]{32}$/);
  expect(Date.parse(created_at)).toBeGreaterThan(Date.now() - 60_000);
  expect(rest).not.toHaveProperty("signing_secret");
  expect(await use(key)).toMatchObject({ status: 200, body: { organization: { id: organizationId } } });

  const row = await system.one<{ text: string; keyHash: Buffer; createdBy: string }>(sql`
    select k::text as text, key_hash, created_by from api_keys k where id = ${id}`);
  expect(row.keyHash).toEqual(createHash("sha256").update(key).digest());
  expect(row.text).not.toContain(key.slice(14));
  expect(row.createdBy).toBe(userId);
  const trail = await system.one(sql`
    select (select data from events where organization_id = ${organizationId} and type = 'api.key.created' order by id desc limit 1) as event,
      (select details from audit_entries where organization_id = ${organizationId} and resource_id = ${id} and event = 'config.change') as audit,
      (select count(*) from usage_events where organization_id = ${organizationId} and type = 'key_created') as used`);
  expect(trail).toEqual({
    event: { key_id: id, name: "Deploys" },
    audit: { created: "Deploys", scopes: all },
    used: 2,
  });
});

test("C11 the prefix tells the environment; a signing key shows its secret once and stores it sealed", async () => {
  const { apiKey } = await createOrganization();
  const prefixes = { live: "sk_live_", staging: "staging_sk_", dev: "dev_sk_" };
  for (const [environment, prefix] of Object.entries(prefixes)) {
    const { body } = await send("POST /api/api-keys", { apiKey, body: { name: environment, environment } });
    expect(body.apiKey.key).toMatch(new RegExp(`^${prefix}[A-Za-z0-9]{32}$`));
  }
  const { body } = await send("POST /api/api-keys", { apiKey, body: { name: "Signs", signing: true } });
  const secret = body.apiKey.signing_secret;
  expect(secret).toMatch(/^sig_[A-Za-z0-9]{40}$/);
  const list = await send("GET /api/api-keys", { apiKey });
  expect(list.body.apiKeys[0]).toMatchObject({ id: body.apiKey.id, signing: true });
  expect(list.text).not.toContain(secret);
  const stored = await system.one<{ sealed: string }>(sql`
    select encode(sealed_signing_secret, 'escape') as sealed from api_keys where id = ${body.apiKey.id}`);
  expect(stored.sealed).not.toContain(secret);
});

test("C10 lists keys newest first with a preview, the rotation date and the last use, and never a key", async () => {
  const { apiKey, keyId, organizationId } = await createOrganization();
  const { body } = await send("POST /api/api-keys", {
    apiKey,
    body: { name: "Second", environment: "dev", scopes: ["agents:read"] },
  });
  const list = () => send("GET /api/api-keys", { apiKey });
  const { apiKeys } = (await list()).body;
  expect(apiKeys.map(({ id }: { id: string }) => id)).toEqual([body.apiKey.id, keyId]);
  expect(apiKeys[0]).toMatchObject({
    name: "Second",
    key_preview: `${body.apiKey.key.slice(0, 14)}...`,
    scopes: ["agents:read"],
    environment: "dev",
    last_used_at: null,
    status: "active",
  });
  expect(Date.parse(apiKeys[0].rotation_due_at) - Date.parse(apiKeys[0].created_at)).toBe(90 * 24 * 3600 * 1_000);
  expect((await list()).text).not.toContain(body.apiKey.key);
  await expect.poll(async () => (await list()).body.apiKeys[1].last_used_at).toMatch(/Z$/);
  await system.run(
    sql`update api_keys set created_at = now() - interval '91 days' where organization_id = ${organizationId}`,
  );
  expect((await list()).body.apiKeys[1]).toMatchObject({ status: "rotation_due" });
});

test("C11 refuses a blank or long name, unknown scopes and environments", async () => {
  const { apiKey } = await createOrganization();
  const wrong = [
    [{}, "name"],
    [{ name: " " }, "name"],
    [{ name: "x".repeat(101) }, "name"],
    [{ name: "a", scopes: [] }, "scopes"],
    [{ name: "a", scopes: ["root"] }, "scopes[0]"],
    [{ name: "a", environment: "production" }, "environment"],
    [{ name: "a", signing: "yes" }, "signing"],
  ] as const;
  for (const [body, field] of wrong) {
    const refused = await send("POST /api/api-keys", { apiKey, body });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: "VALIDATION_ERROR", details: { [field]: expect.any(String) } },
    });
  }
});

test("C10–C13 need admin:write: other keys and members are refused", async () => {
  const { apiKey, keyId } = await createOrganization({ scopes: ["agents:read", "agents:write", "billing:read"] });
  const owner = await createOrganization();
  const token = await signToken(await addMember(owner.organizationId, "member"));
  const lines = [
    "GET /api/api-keys",
    "POST /api/api-keys",
    `DELETE /api/api-keys/${keyId}`,
    `POST /api/api-keys/${keyId}/rotate`,
    `DELETE /api/keys/${keyId}`,
  ];
  for (const line of lines) {
    for (const credentials of [{ apiKey }, { token }]) expect((await send(line, credentials)).status, line).toBe(403);
  }
  const admin = await signToken(await addMember(owner.organizationId, "admin"));
  expect(await send("POST /api/api-keys", { token: admin, body: { name: "By an admin" } })).toMatchObject({
    status: 201,
  });
});

test("C11 scopes hold, and a key can neither make nor rotate one that may do more than itself", async () => {
  const { apiKey: full, keyId: fullId, ctx } = await createOrganization();
  const { apiKey: limited } = await createKey(ctx, { name: "Admin only", scopes: ["admin:write"] });
  expect(await use(limited.key)).toMatchObject({ status: 403, body: { code: "INSUFFICIENT_SCOPE" } });
  const tooMuch = { status: 403, body: { code: "INSUFFICIENT_SCOPE" } };
  const make = (body: object) => send("POST /api/api-keys", { apiKey: limited.key, body });
  expect(await make({ name: "More" })).toMatchObject(tooMuch);
  expect(await make({ name: "More", scopes: ["admin:write", "agents:read"] })).toMatchObject(tooMuch);
  expect(await make({ name: "Same", scopes: ["admin:write"] })).toMatchObject({ status: 201 });
  expect(await send(`POST /api/api-keys/${fullId}/rotate`, { apiKey: limited.key })).toMatchObject(tooMuch);
  expect(await use(full)).toMatchObject({ status: 200 });
  expect(await send(`POST /api/api-keys/${limited.id}/rotate`, { apiKey: limited.key })).toMatchObject({ status: 200 });
});

test("README 5.4 a repeated C11 with the same Idempotency-Key answers the same key, and only one was made", async () => {
  const { apiKey } = await createOrganization();
  const post = (name: string) =>
    send("POST /api/api-keys", { apiKey, body: { name }, headers: { "idempotency-key": "deploy-1" } });
  const first = await post("Once");
  const again = await post("Once");
  expect(again).toMatchObject({ status: 201, text: first.text });
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await post("Other")).toMatchObject({
    status: 409,
    body: { error: "Idempotency key payload mismatch", code: "IDEMPOTENCY_MISMATCH" },
  });
  expect((await send("GET /api/api-keys", { apiKey })).body.apiKeys).toHaveLength(2);
});
