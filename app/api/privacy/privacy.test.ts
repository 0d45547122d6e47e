import { describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { decryptText, encryptText, openDataKey } from "#lib/privacy/encryption";
import { eraseExpired, getRetentionDays, privacyOfRuns, protectRun, setRetentionDays } from "#lib/privacy/service";
import { recordEvent } from "#lib/records/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

type Organization = Awaited<ReturnType<typeof createOrganization>>;
type Wishes = { encrypt_output?: boolean; retention_days?: number; detect_pii?: boolean };

/** An agent's run as it stands when it has ended, with a step, an event of its own and one in the organization's feed. */
async function endedAgent(
  { ctx, organizationId }: Organization,
  wishes: Wishes = {},
  { daysAgo = 0, status = "completed" } = {},
) {
  const runId = uuidv7();
  const agentId = `subagent_1772359200_${Math.floor(Math.random() * 9_000) + 1_000}${runId.slice(-4)}`;
  const privacy = { detect_pii: false, mask_pii_in_logs: false, encrypt_output: false, ...wishes };
  await transaction(ctx, async (tx) => {
    await tx.run(sql`
      insert into runs (id, organization_id, kind, strategy, status, input, request_id)
      values (${runId}, ${organizationId}, 'agent', 'single', ${status}, '{"task":"Ask ann@example.com"}', 'req_test')`);
    const { key, piiFound } = await protectRun(tx, ctx, { runId, agentId, task: "Ask ann@example.com", privacy });
    expect(piiFound).toEqual(wishes.detect_pii ? ["email"] : []);
    const output = key ? encryptText("The secret answer", key) : "The secret answer";
    await tx.run(sql`update runs set output = ${output} where id = ${runId}`);
    await tx.run(sql`
      insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, output, latency_ms, cost_micros)
      values (${uuidv7()}, ${organizationId}, ${runId}, 0, 'generate', 'completed', 'k2p5', 'kimi', ${output}, 5, 30000)`);
    await tx.run(sql`
      insert into run_events (run_id, sequence, organization_id, type, data)
      values (${runId}, 1, ${organizationId}, 'run.completed', '{"text":"The secret answer"}')`);
    await recordEvent(tx, ctx, "agent.completed", { agent_id: agentId, result: "The secret answer" });
  });
  if (status === "completed") {
    await system.run(
      sql`update runs set completed_at = now() - ${daysAgo}::int * interval '1 day' where id = ${runId}`,
    );
    await system.run(sql`
      update run_privacy set expires_at = expires_at - ${daysAgo}::int * interval '1 day' where run_id = ${runId}`);
  }
  return { runId, agentId };
}

async function everythingOf(organizationId: string): Promise<string> {
  const { text } = await system.one<{ text: string }>(sql`
    select concat((select json_agg(r) from runs r where organization_id = ${organizationId}),
      (select json_agg(s) from run_steps s where organization_id = ${organizationId}),
      (select json_agg(v) from run_events v where organization_id = ${organizationId}),
      (select json_agg(e) from events e where organization_id = ${organizationId}),
      (select json_agg(d) from webhook_deliveries d where organization_id = ${organizationId}),
      (select json_agg(a) from audit_entries a where organization_id = ${organizationId})) as text`);
  return text;
}

describe("+A5 deletion", () => {
  test("+A5 deletes at once what an agent was asked and answered, and keeps what it cost", async () => {
    const made = await createOrganization();
    const { agentId, runId } = await endedAgent(made, { encrypt_output: true });
    const kept = await endedAgent(made);
    const gone = await send(`DELETE /api/privacy/agents/${agentId}`, { apiKey: made.apiKey });
    expect(gone).toMatchObject({
      status: 200,
      body: { success: true, agent_id: agentId, deleted: { runs: 1, steps: 1, events: 2 } },
    });
    const rows = await system.one<{ input: unknown; output: unknown; cost: number; sealed: unknown }>(sql`
      select r.input, r.output, s.cost_micros as cost, p.sealed_key as sealed
      from runs r join run_steps s on s.run_id = r.id join run_privacy p on p.run_id = r.id where r.id = ${runId}`);
    expect(rows).toEqual({ input: null, output: null, cost: 30_000, sealed: null });
    await send(`DELETE /api/privacy/agents/${kept.runId}`, { apiKey: made.apiKey });
    const text = await everythingOf(made.organizationId);
    for (const said of ["ann@example.com", "secret answer", "baton:enc"]) expect(text).not.toContain(said);
    expect(text).toContain(agentId);
  });

  test("+A5 an agent at work is 409; unknown and foreign ones are 404", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    const running = await endedAgent(one, {}, { status: "running" });
    const ended = await endedAgent(one);
    expect(await send(`DELETE /api/privacy/agents/${running.agentId}`, { apiKey: one.apiKey })).toMatchObject({
      status: 409,
      body: { error: { code: 409 } },
    });
    for (const id of [ended.agentId, ended.runId, "subagent_1_1", "x%20y", crypto.randomUUID()])
      expect((await send(`DELETE /api/privacy/agents/${id}`, { apiKey: other.apiKey })).status, id).toBe(404);
    expect(await everythingOf(one.organizationId)).toContain("secret answer");
  });
});

describe("retention", () => {
  const outputs = async (ids: string[]) =>
    (
      await system.all<{ output: string | null }>(sql`
      select r.output from unnest(${ids}::uuid[]) with ordinality as w (id, place) join runs r using (id) order by w.place`)
    ).map(({ output }) => output !== null);

  test("prose features: what was said is kept 30 days, or as the organization, or as one agent wishes", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    expect(await getRetentionDays(one.ctx)).toBe(30);
    await setRetentionDays(other.ctx, 60);
    const ids = [
      await endedAgent(one, {}, { daysAgo: 29 }),
      await endedAgent(one, {}, { daysAgo: 31 }),
      await endedAgent(one, { retention_days: 90 }, { daysAgo: 31 }),
      await endedAgent(one, { retention_days: 1 }, { daysAgo: 2 }),
      await endedAgent(other, {}, { daysAgo: 59 }),
      await endedAgent(other, {}, { daysAgo: 61 }),
      await endedAgent(other, { retention_days: 7 }, { daysAgo: 8 }),
    ].map(({ runId }) => runId);
    await eraseExpired();
    expect(await outputs(ids)).toEqual([true, false, true, false, true, false, false]);
    await eraseExpired();
    expect(await outputs(ids)).toEqual([true, false, true, false, true, false, false]);
  });

  test.each([0, 366, 1.5])("prose features: %d days of retention are refused", async (days) => {
    const { ctx } = await createOrganization();
    await expect(setRetentionDays(ctx, days)).rejects.toMatchObject({ code: "validation" });
  });
});

describe("+A5 export, inventory, opt-out", () => {
  test("+A5 the export is one JSON document of everything, readable, without secrets, and of nobody else", async () => {
    const [one, other] = [
      await createOrganization({ name: "One and only" }),
      await createOrganization({ name: "Somebody else" }),
    ];
    await endedAgent(one, { encrypt_output: true, detect_pii: true });
    await endedAgent(other);
    await system.run(sql`
      insert into events (organization_id, type, data)
      select ${one.organizationId}, 'many', jsonb_build_object('n', n) from generate_series(1, 1203) n`);
    const answer = await send("GET /api/privacy/export", { apiKey: one.apiKey });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toContain("export.json");
    const { data, organization_id } = answer.body;
    expect(organization_id).toBe(one.organizationId);
    expect(data.organizations).toMatchObject([{ id: one.organizationId, name: "One and only" }]);
    expect(data.runs).toMatchObject([{ kind: "agent", output: "The secret answer" }]);
    expect(data.run_steps).toMatchObject([{ output: "The secret answer" }]);
    expect(data.run_privacy).toMatchObject([{ pii_found: ["email"] }]);
    expect(data.events.filter(({ type }: { type: string }) => type === "many")).toHaveLength(1_203);
    expect(data.api_keys).toMatchObject([{ name: "Test key" }]);
    expect(data.audit_entries.length).toBeGreaterThan(0);
    for (const name of ["idempotency_keys", "used_signatures"]) expect(data).not.toHaveProperty(name);
    for (const text of [other.organizationId, "Somebody else", "key_hash", "sealed_", one.apiKey])
      expect(answer.text).not.toContain(text);
  });

  test("+A5 the inventory names every table with data, its rows, and how long what is said is kept", async () => {
    const made = await createOrganization();
    await endedAgent(made, { encrypt_output: true });
    const { status, body } = await send("GET /api/privacy/inventory", { apiKey: made.apiKey });
    expect(status).toBe(200);
    const records = Object.fromEntries(
      body.categories.map(({ name, records }: { name: string; records: number }) => [name, records]),
    );
    expect(records).toMatchObject({ organizations: 1, members: 1, api_keys: 1, runs: 1, run_steps: 1, deployments: 0 });
    expect(body).toMatchObject({
      retention: { content_days: 30, audit_days: 90 },
      encryption: { algorithm: "AES-256-GCM", runs_with_own_key: 1 },
    });
  });

  test("+A5 opting out is kept, in whole or in part", async () => {
    const { apiKey } = await createOrganization();
    expect((await send("POST /api/privacy/opt-out", { apiKey, body: { analytics: false } })).body).toMatchObject({
      success: true,
      opt_out: { training: true, analytics: false },
    });
    expect((await send("GET /api/privacy/inventory", { apiKey })).body.opt_out).toEqual({
      training: true,
      analytics: false,
    });
    expect((await send("POST /api/privacy/opt-out", { apiKey })).body.opt_out).toEqual({
      training: true,
      analytics: true,
    });
    expect((await send("POST /api/privacy/opt-out", { apiKey, body: { training: "no" } })).status).toBe(400);
  });

  test("prose features: a run's key opens its output; wishes are read back by run", async () => {
    const made = await createOrganization();
    const { runId, agentId } = await endedAgent(made, { encrypt_output: true });
    const wishes = (await transaction(made.ctx, (tx) => privacyOfRuns(tx, made.ctx, [runId, crypto.randomUUID()]))).get(
      runId,
    );
    expect(wishes).toMatchObject({ agentId, encryptOutput: true });
    const { output } = await system.one<{ output: string }>(sql`select output from runs where id = ${runId}`);
    expect(output).not.toContain("secret");
    expect(decryptText(output, wishes?.sealedKey ? openDataKey(wishes.sealedKey) : undefined)).toBe(
      "The secret answer",
    );
  });
});
