import { describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { createKey } from "#lib/keys/service";
import { deleteExpiredSecurity } from "#lib/security/queries";
import { listKeyReminders, remindOfKeys } from "#lib/security/reminders";
import { blockSpikes, listSpendBlocks } from "#lib/security/spend";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

/** A run of a key with one step that cost so much. */
async function spend(
  organizationId: string,
  keyId: string | null,
  dollars: number,
  { simulated = false, minutesAgo = 0 } = {},
) {
  const runId = uuidv7();
  await system.run(sql`
    insert into runs (id, organization_id, kind, strategy, status, request_id, api_key_id)
    values (${runId}, ${organizationId}, 'agent', 'single', 'completed', 'req_test', ${keyId})`);
  await system.run(sql`
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, latency_ms, cost_micros, simulated)
    values (${uuidv7()}, ${organizationId}, ${runId}, 0, 'generate', 'completed', 'opus', 'anthropic', 5,
      ${Math.round(dollars * 1e6)}, ${simulated})`);
  if (minutesAgo > 0 && keyId) {
    await system.run(sql`
      update key_spend set created_at = now() - ${minutesAgo}::int * interval '1 minute'
      where id = (select max(id) from key_spend where api_key_id = ${keyId})`);
  }
}

const read = (apiKey: string) => send("GET /api/security/block-ip", { apiKey });

describe("cost spike", () => {
  test("prose features: more than $100 within 60 minutes blocks the key with retry_after, with a critical audit entry and an event", async () => {
    const { organizationId, keyId, apiKey, ctx } = await createOrganization();
    await spend(organizationId, keyId, 60, { minutesAgo: 50 });
    await spend(organizationId, keyId, 40);
    await blockSpikes();
    expect((await read(apiKey)).status).toBe(200);
    await spend(organizationId, keyId, 0.000001);
    expect(await blockSpikes([keyId])).toBe(1);
    expect(await blockSpikes([keyId])).toBe(0);
    const blocked = await read(apiKey);
    expect(blocked).toMatchObject({
      status: 403,
      body: { error: { code: 403, message: expect.stringContaining("$100") } },
    });
    // The first $60 are an hour old in ten minutes; the rest is below the limit.
    expect(blocked.body.error.retry_after).toBeGreaterThan(590);
    expect(blocked.body.error.retry_after).toBeLessThanOrEqual(601);
    expect(blocked.headers.get("retry-after")).toBe(String(blocked.body.error.retry_after));
    expect(await listSpendBlocks(ctx)).toMatchObject([{ keyId, spentMicros: 100_000_001 }]);
    const told = await system.one<{ audit: object; event: object }>(sql`
      select (select row_to_json(a) from audit_entries a where organization_id = ${organizationId} and severity = 'critical') as audit,
        (select row_to_json(e) from events e where organization_id = ${organizationId} and type = 'api.key.blocked') as event`);
    expect(told).toMatchObject({
      audit: { event: "security.violation", resource_id: keyId, details: { violation: "cost_spike" } },
      event: { data: { key_id: keyId, reason: "cost_spike", limit_usd: 100 } },
    });
  });

  test("prose features: the key is let in again once the window has fallen below, other keys all the time", async () => {
    const { organizationId, keyId, apiKey, ctx } = await createOrganization();
    const other = await createKey(ctx, { name: "Other" });
    await spend(organizationId, keyId, 150);
    await spend(organizationId, other.apiKey.id, 99);
    await blockSpikes([keyId, other.apiKey.id]);
    expect([(await read(apiKey)).status, (await read(other.apiKey.key)).status]).toEqual([403, 200]);
    await system.run(sql`update key_spend set created_at = now() - interval '61 minutes' where api_key_id = ${keyId}`);
    await system.run(sql`update key_spend_blocks set blocked_until = now() where api_key_id = ${keyId}`);
    await expect.poll(async () => (await read(apiKey)).status).toBe(200);
    expect(await blockSpikes([keyId])).toBe(0);
    await deleteExpiredSecurity();
    expect(await listSpendBlocks(ctx)).toEqual([]);
  });

  test("prose features: simulated calls, logins and what is older than an hour do not count", async () => {
    const { organizationId, keyId, apiKey } = await createOrganization();
    await spend(organizationId, keyId, 500, { simulated: true });
    await spend(organizationId, null, 500);
    await spend(organizationId, keyId, 500, { minutesAgo: 61 });
    expect(await blockSpikes([keyId])).toBe(0);
    expect((await read(apiKey)).status).toBe(200);
  });

  test("prose features: a key in use is looked at by itself, without the clean-up", async () => {
    const { organizationId, keyId, apiKey } = await createOrganization();
    await spend(organizationId, keyId, 101);
    expect((await read(apiKey)).status).toBe(200);
    await expect.poll(async () => (await read(apiKey)).status, { timeout: 6_000 }).toBe(403);
  });
});

describe("reminders", () => {
  test("prose features: keys older than 90 days and keys unused for 30 are listed, and told of once", async () => {
    const { ctx, organizationId, keyId } = await createOrganization();
    const fresh = await createKey(ctx, { name: "Fresh" });
    await system.run(sql`
      update api_keys set created_at = now() - interval '100 days', last_used_at = now() - interval '40 days' where id = ${keyId}`);
    const due = await listKeyReminders(ctx);
    expect(due).toMatchObject([
      { id: keyId, kind: "rotation", days: 100 },
      { id: keyId, kind: "unused", days: 40 },
    ]);
    expect(due.map(({ id }) => id)).not.toContain(fresh.apiKey.id);
    await Promise.all([remindOfKeys(), remindOfKeys(), remindOfKeys()]);
    await remindOfKeys();
    const told = async () =>
      (
        await system.all<{ type: string }>(sql`
          select type from events where organization_id = ${organizationId} and type in ('api.key.rotation_due', 'api.key.unused')
          order by type`)
      ).map(({ type }) => type);
    expect(await told()).toEqual(["api.key.rotation_due", "api.key.unused"]);
    await system.run(sql`update api_keys set last_used_at = now() - interval '31 days' where id = ${keyId}`);
    await remindOfKeys();
    expect(await told()).toEqual(["api.key.rotation_due", "api.key.unused", "api.key.unused"]);
    const other = await createOrganization();
    expect(await listKeyReminders(other.ctx)).toEqual([]);
  });
});
