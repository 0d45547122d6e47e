import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const statusOf = async (apiKey: string) => (await send("GET /api/organizations/current", { apiKey })).status;

async function makeKey(apiKey: string): Promise<{ id: string; key: string }> {
  return (await send("POST /api/api-keys", { apiKey, body: { name: "Rotates", environment: "staging" } })).body.apiKey;
}

test("C13 without grace the old secret stops at once; id, name, environment and scopes stay", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { id, key } = await makeKey(apiKey);
  expect(await statusOf(key)).toBe(200);
  const rotated = await send(`POST /api/api-keys/${id}/rotate`, { apiKey });
  expect(rotated).toMatchObject({
    status: 200,
    body: { apiKey: { id, name: "Rotates", rotated_at: expect.stringMatching(/Z$/) } },
  });
  expect(rotated.body.apiKey.key).toMatch(/^staging_sk_[A-Za-z0-9]{32}$/);
  expect(rotated.body.apiKey.key).not.toBe(key);
  expect([await statusOf(key), await statusOf(rotated.body.apiKey.key)]).toEqual([401, 200]);
  const { details } = await system.one<{ details: unknown }>(sql`
    select details from audit_entries where organization_id = ${organizationId} and resource_id = ${id} and details ? 'rotated'`);
  expect(details).toEqual({ rotated: "Rotates", grace_hours: 0 });
});

test("C13 with grace both secrets work, and the old one is refused once its time is over", async () => {
  const { apiKey } = await createOrganization();
  const { id, key } = await makeKey(apiKey);
  const { body } = await send(`POST /api/api-keys/${id}/rotate`, { apiKey, body: { grace_hours: 24 } });
  const fresh = body.apiKey.key;
  expect([await statusOf(key), await statusOf(fresh)]).toEqual([200, 200]);
  const list = await send("GET /api/api-keys", { apiKey });
  expect(list.body.apiKeys[0]).toMatchObject({ id, status: "rotating", key_preview: `${fresh.slice(0, 14)}...` });

  await system.run(sql`update api_keys set previous_expires_at = now() - interval '1 second' where id = ${id}`);
  await expect.poll(() => statusOf(key)).toBe(401);
  expect(await statusOf(fresh)).toBe(200);
  expect((await send("GET /api/api-keys", { apiKey })).body.apiKeys[0].status).toBe("active");
});

test("C13 a second rotation ends the secret before the last one, grace or not", async () => {
  const { apiKey } = await createOrganization();
  const { id, key } = await makeKey(apiKey);
  const rotate = async (grace_hours: number) =>
    (await send(`POST /api/api-keys/${id}/rotate`, { apiKey, body: { grace_hours } })).body.apiKey.key;
  const second = await rotate(168);
  const third = await rotate(1);
  expect([await statusOf(key), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
  const fourth = await rotate(0);
  expect([await statusOf(second), await statusOf(third), await statusOf(fourth)]).toEqual([401, 401, 200]);
});

test("C13 a key rotates itself and goes on with the new secret", async () => {
  const { apiKey, keyId } = await createOrganization();
  const { body } = await send(`POST /api/api-keys/${keyId}/rotate`, { apiKey });
  expect([await statusOf(apiKey), await statusOf(body.apiKey.key)]).toEqual([401, 200]);
});

test("C13 refuses grace outside 0 to 168 hours, and unknown, foreign or malformed ids", async () => {
  const { apiKey, keyId } = await createOrganization();
  const foreign = await createOrganization();
  for (const grace_hours of [-1, 169, "24", null]) {
    expect(await send(`POST /api/api-keys/${keyId}/rotate`, { apiKey, body: { grace_hours } })).toMatchObject({
      status: 400,
      body: { code: "VALIDATION_ERROR", details: { grace_hours: expect.any(String) } },
    });
  }
  for (const id of [foreign.keyId, randomUUID(), "key_abc123"]) {
    expect(await send(`POST /api/api-keys/${id}/rotate`, { apiKey })).toMatchObject({
      status: 404,
      body: { code: "NOT_FOUND" },
    });
  }
  expect([await statusOf(apiKey), await statusOf(foreign.apiKey)]).toEqual([200, 200]);
});
