import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";

let second: SecondHost;
beforeAll(async () => {
  second = await startSecondHost();
});
afterAll(() => second.stop());

async function statusThere(key: string): Promise<number> {
  const response = await fetch(`${second.url}/api/organizations/current`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await response.arrayBuffer();
  return response.status;
}

async function makeKey(apiKey: string): Promise<{ id: string; key: string }> {
  return (await send("POST /api/api-keys", { apiKey, body: { name: "Doomed" } })).body.apiKey;
}

/** Milliseconds from the answer of the revocation until the other process refuses the key. */
async function msUntilRefused(key: string): Promise<number> {
  const revokedAt = performance.now();
  while ((await statusThere(key)) !== 401) if (performance.now() - revokedAt > 5_000) break;
  return performance.now() - revokedAt;
}

test("C12 a revoked key is refused at once here, and within 100 ms by another process that had it cached", async () => {
  const { apiKey } = await createOrganization();
  const figures: number[] = [];
  for (let round = 0; round < 10; round++) {
    const { id, key } = await makeKey(apiKey);
    expect([await statusThere(key), await statusThere(key)]).toEqual([200, 200]);
    expect(await send("GET /api/organizations/current", { apiKey: key })).toMatchObject({ status: 200 });
    const revoked = await send(`DELETE /api/api-keys/${id}`, { apiKey });
    const ms = msUntilRefused(key);
    expect(revoked).toMatchObject({ status: 200, body: { message: "API key deleted successfully" } });
    expect(await send("GET /api/organizations/current", { apiKey: key })).toMatchObject({ status: 401 });
    figures.push(await ms);
  }
  process.stdout.write(`revocation seen by another process: ${figures.map((ms) => ms.toFixed(1)).join(", ")} ms\n`);
  expect(Math.max(...figures)).toBeLessThan(100);
});

test("C13 a rotated key and a removed member's keys end on another process too", async () => {
  const { apiKey } = await createOrganization();
  const { id, key } = await makeKey(apiKey);
  expect(await statusThere(key)).toBe(200);
  const { body } = await send(`POST /api/api-keys/${id}/rotate`, { apiKey });
  expect(await msUntilRefused(key)).toBeLessThan(100);
  expect(await statusThere(body.apiKey.key)).toBe(200);
});

test("C12 the second delete, a foreign and a malformed id are 404; the revocation is audited", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const foreign = await createOrganization();
  const { id } = await makeKey(apiKey);
  const unknown = { status: 404, body: { error: "API key not found", code: "NOT_FOUND" } };
  for (const other of [foreign.keyId, randomUUID(), "key_abc123"]) {
    expect(await send(`DELETE /api/api-keys/${other}`, { apiKey })).toMatchObject(unknown);
  }
  expect(await send(`DELETE /api/api-keys/${id}`, { apiKey })).toMatchObject({ status: 200 });
  expect(await send(`DELETE /api/api-keys/${id}`, { apiKey })).toMatchObject(unknown);
  expect(await send("GET /api/organizations/current", { apiKey: foreign.apiKey })).toMatchObject({ status: 200 });
  const trail = await system.all(sql`
    select event, severity, details from audit_entries
    where organization_id = ${organizationId} and resource_id = ${id} order by id desc limit 1`);
  expect(trail).toEqual([{ event: "config.change", severity: "warning", details: { revoked: "Doomed" } }]);
});
