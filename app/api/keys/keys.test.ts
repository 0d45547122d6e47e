import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

async function makeKey(apiKey: string): Promise<{ id: string; key: string }> {
  return (await send("POST /api/api-keys", { apiKey, body: { name: "Leaked" } })).body.apiKey;
}

test("A32 revokes a key at once, with reason and notice in the audit log", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { id, key } = await makeKey(apiKey);
  const body = { reason: "found on a forum", notify_user: true };
  const revoked = await send(`DELETE /api/keys/${id}`, { apiKey, body });
  expect(revoked).toMatchObject({ status: 200, body: { success: true, message: "API key revoked", key_id: id } });
  expect(await send("GET /api/organizations/current", { apiKey: key })).toMatchObject({ status: 401 });
  const trail = await system.all(sql`
    select event, severity, details from audit_entries
    where organization_id = ${organizationId} and resource_id = ${id} order by id desc limit 1`);
  const details = { revoked: "Leaked", reason: "found on a forum", notice: "recorded" };
  expect(trail).toEqual([{ event: "config.change", severity: "warning", details }]);
});

test("A32 needs no body; the second time, foreign and malformed ids are 404 in the object form", async () => {
  const { apiKey } = await createOrganization();
  const foreign = await createOrganization();
  const { id } = await makeKey(apiKey);
  expect(await send(`DELETE /api/keys/${id}`, { apiKey })).toMatchObject({ status: 200 });
  for (const other of [id, foreign.keyId, randomUUID(), "key_abc123"]) {
    const refused = await send(`DELETE /api/keys/${other}`, { apiKey });
    expect(refused.status).toBe(404);
    const request_id = refused.headers.get("x-request-id");
    expect(refused.body).toEqual({ error: { code: 404, message: "API key not found", request_id } });
    expect(request_id).toMatch(/^req_[A-Za-z0-9]{9,}$/);
  }
});

test("A32 errors come in the agency's frames: 400 short, 401 and 403 long", async () => {
  const { apiKey, keyId } = await createOrganization();
  const wrong = await send(`DELETE /api/keys/${keyId}`, { apiKey, body: { reason: 7 } });
  expect(wrong).toMatchObject({ status: 400, body: { success: false, error: expect.any(String) } });
  const anonymous = await send(`DELETE /api/keys/${keyId}`);
  expect(anonymous).toMatchObject({
    status: 401,
    body: { error: { code: 401, message: "Invalid or missing API key" } },
  });
  const reader = await createOrganization({ scopes: ["agents:read"] });
  const refused = await send(`DELETE /api/keys/${reader.keyId}`, { apiKey: reader.apiKey });
  expect(refused).toMatchObject({
    status: 403,
    body: { error: { code: 403, message: expect.stringContaining("admin:write") } },
  });
});
