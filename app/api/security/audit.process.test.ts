import { describe, expect, test } from "vitest";
import { audit } from "#lib/audit/service";
import { flushAudit } from "#lib/audit/writer";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const log = (apiKey: string, query = "") => send(`GET /api/security/audit${query}`, { apiKey });
const filtered = (apiKey: string, filter: object) =>
  log(apiKey, `?filter=${encodeURIComponent(JSON.stringify(filter))}&limit=100`);

async function organizationWithEntries(count: number) {
  const made = await createOrganization();
  for (let index = 0; index < count; index++) {
    await transaction(made.ctx, (tx) =>
      audit(tx, made.ctx, {
        event: index % 2 ? "agent.spawn" : "agent.fail",
        resource: { type: "agent", id: `subagent_${index}` },
        details: { note: `Number ${index}`, cost: 0.05 },
        severity: index % 2 ? "info" : "warning",
      }),
    );
  }
  return made;
}

describe("A30 settings and entries", () => {
  test("A30, +A4 the log is on by default with all six events; settings are read back", async () => {
    const { apiKey, keyId, userId } = await createOrganization();
    const first = await log(apiKey);
    expect(first).toMatchObject({
      status: 200,
      body: {
        success: true,
        settings: {
          enabled: true,
          log_level: "standard",
          retention_days: 90,
          include_request_body: false,
          include_response_body: false,
        },
      },
    });
    expect(first.body.settings.events).toHaveLength(6);
    const set = await send("POST /api/security/audit", {
      apiKey,
      body: {
        enabled: true,
        log_level: "verbose",
        retention_days: 30,
        include_request_body: true,
        events: ["config.change"],
      },
    });
    expect(set).toMatchObject({
      status: 200,
      body: {
        success: true,
        audit: {
          enabled: true,
          log_level: "verbose",
          retention_days: 30,
          include_request_body: true,
          events: ["config.change"],
        },
      },
    });
    const { body } = await log(apiKey);
    expect(body.settings).toEqual(set.body.audit);
    // The calls themselves are entered as well, in their own time.
    const change = body.entries.find((entry: { event: string }) => entry.event === "config.change");
    expect(change).toMatchObject({
      severity: "info",
      api_key_id: keyId,
      ip_address: "203.0.113.7",
      request_id: set.headers.get("x-request-id"),
      resource: { type: "audit" },
      details: { log_level: "verbose" },
    });
    expect(change.timestamp).toMatch(/Z$/);
    expect(body.entries.at(-1)).toMatchObject({ user_id: userId, details: { created: "Test key" } });
  });

  test("A30 keys in use are noted at most once a minute for each address; at verbose every call, without secrets", async () => {
    const { apiKey, organizationId } = await createOrganization();
    const used = async () => {
      await flushAudit();
      return system.all<{ ip: string; details: Record<string, unknown> }>(sql`
        select host(ip_address) as ip, details from audit_entries
        where organization_id = ${organizationId} and event = 'api.key.used' order by id`);
    };
    for (let call = 0; call < 5; call++) await send("GET /api/security/block-ip", { apiKey });
    await send("GET /api/security/block-ip", { apiKey, ip: "198.51.100.23" });
    expect(await used()).toEqual([
      { ip: "203.0.113.7", details: { method: "GET", path: "/api/security/block-ip", status: 200 } },
      { ip: "198.51.100.23", details: { method: "GET", path: "/api/security/block-ip", status: 200 } },
    ]);
    const settings = { enabled: true, log_level: "verbose", include_request_body: true, include_response_body: true };
    await send("POST /api/security/audit", { apiKey, body: settings });
    const created = await send("POST /api/api-keys", {
      apiKey,
      body: { name: "Loud", signing: true, password: "hunter22" },
    });
    expect(created.status).toBe(201);
    const entries = await used();
    const last = entries.at(-1)?.details;
    expect(last).toMatchObject({ method: "POST", path: "/api/api-keys", status: 201 });
    expect(JSON.parse(String(last?.request_body))).toEqual({ name: "Loud", signing: true, password: "***" });
    const text = JSON.stringify(entries);
    for (const secret of [apiKey, created.body.apiKey.key, created.body.apiKey.api_secret, "hunter22"])
      expect(text).not.toContain(secret);
  });

  test("A30 switched off nothing is written but that it was; at minimal only changes and warnings", async () => {
    const { apiKey, ctx, organizationId } = await createOrganization();
    const events = async () => {
      await flushAudit();
      return (
        await system.all<{ event: string; resourceType: string }>(sql`
          select event, resource_type from audit_entries where organization_id = ${organizationId} order by id`)
      ).map(({ event, resourceType }) => `${event} ${resourceType}`);
    };
    const write = (event: "agent.spawn" | "agent.fail" | "config.change", severity: "info" | "warning") =>
      transaction(ctx, (tx) => audit(tx, ctx, { event, severity, resource: { type: "agent", id: "x" } }));
    await send("POST /api/security/audit", { apiKey, body: { enabled: false } });
    await flushAudit();
    const before = await events();
    expect(before).toContain("config.change audit");
    await write("agent.fail", "warning");
    await send("GET /api/security/block-ip", { apiKey, ip: "192.0.2.77" });
    expect(await events()).toEqual(before);
    await send("POST /api/security/audit", { apiKey, body: { enabled: true, log_level: "minimal" } });
    await write("agent.spawn", "info");
    await write("agent.fail", "warning");
    await write("config.change", "info");
    expect(await events()).toEqual([...before, "config.change audit", "agent.fail agent", "config.change agent"]);
  });

  test.each([
    [{}],
    [{ enabled: "yes" }],
    [{ enabled: true, log_level: "loud" }],
    [{ enabled: true, retention_days: 0 }],
    [{ enabled: true, retention_days: 3_651 }],
    [{ enabled: true, retention_days: 1.5 }],
    [{ enabled: true, events: ["agent.sing"] }],
    [{ enabled: true, events: [] }],
  ])("A30 bad input %# is 400 in the string form", async (body) => {
    const { apiKey } = await createOrganization();
    expect(await send("POST /api/security/audit", { apiKey, body })).toMatchObject({
      status: 400,
      body: { success: false },
    });
  });

  test("+A4 entries are searched by event, severity, date, key, address, resource and text, and paged both ways", async () => {
    const { apiKey, keyId } = await organizationWithEntries(12);
    const count = async (filter: object) => (await filtered(apiKey, filter)).body.pagination.total;
    // The first call with the key is an entry as well.
    await count({});
    await flushAudit();
    expect(await count({ event: "agent.spawn" })).toBe(6);
    expect(await count({ severity: "warning", event_starts_with: "agent." })).toBe(6);
    expect(await count({ resource_id: "subagent_3" })).toBe(1);
    expect(await count({ resource_type: "agent", text_contains: "number 1" })).toBe(3);
    expect(await count({ ip_address: "203.0.113.0/24", resource_type: "agent" })).toBe(12);
    expect(await count({ ip_address: "198.51.100.1" })).toBe(0);
    expect(await count({ created_after: "2020-01-01", resource_type: "agent" })).toBe(12);
    expect(await count({ created_before: "2020-01-01" })).toBe(0);
    expect(await count({ api_key_id: keyId, event: "api.key.used" })).toBe(1);
    expect((await log(apiKey, "?resource_type=agent&text_contains=NUMBER+7")).body.entries).toMatchObject([
      { resource: { id: "subagent_7" } },
    ]);
    const first = (await log(apiKey, "?resource_type=agent&limit=5")).body;
    expect(first.entries.map((one: { resource: { id: string } }) => one.resource.id)).toEqual(
      [11, 10, 9, 8, 7].map((n) => `subagent_${n}`),
    );
    expect(first.pagination).toMatchObject({ total: 12, has_more: true, next_offset: 5 });
    const next = (
      await log(apiKey, `?resource_type=agent&limit=5&cursor=${encodeURIComponent(first.pagination.cursor)}`)
    ).body;
    const same = (await log(apiKey, "?resource_type=agent&limit=5&offset=5")).body;
    expect(next.entries).toEqual(same.entries);
  });

  test("+A4 wrong filters, cursors and formats are 400 in the object form", async () => {
    const { apiKey } = await createOrganization();
    for (const query of [
      "?filter=%7B",
      "?filter=%7B%22organization_id%22:%22x%22%7D",
      "?filter=%7B%22event_gt%22:%22x%22%7D",
      "?cursor=abc",
      "?limit=0",
      "?sort=details",
      "?format=pdf",
      "?ip_address=x",
      "?api_key_id=1",
      "?created_after=yesterday",
      "?event=%00",
    ]) {
      expect(await log(apiKey, query), query).toMatchObject({ status: 400, body: { error: { code: 400 } } });
    }
  });

  test("+A4 everything that fits the filter is exported, newest first, as CSV and as JSON lines", async () => {
    const { apiKey, ctx, organizationId } = await organizationWithEntries(3);
    await transaction(ctx, (tx) =>
      audit(tx, ctx, { event: "agent.fail", resource: { type: "agent", id: '=1+1,"x"' } }),
    );
    await system.run(sql`
      insert into audit_entries (organization_id, event, severity, request_id, resource_type, resource_id, details)
      select ${organizationId}, 'agent.spawn', 'info', 'req_many', 'many', n::text, '{}' from generate_series(1, 1100) n`);
    const csv = await log(apiKey, "?format=csv&resource_type=agent");
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="audit.csv"');
    const lines = csv.text.trim().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`"'=1+1,""x"""`);
    const json = await log(apiKey, "?format=ndjson&resource_type=many");
    const ids = json.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).resource.id);
    expect(ids).toEqual(Array.from({ length: 1_100 }, (_, index) => String(1_100 - index)));
  });

  test("A30, +A4 another organization's entries are never seen, counted or exported", async () => {
    const [one, other] = [await organizationWithEntries(2), await createOrganization()];
    const { body } = await filtered(other.apiKey, { resource_type: "agent" });
    expect(body).toMatchObject({ entries: [], pagination: { total: 0 } });
    expect((await log(other.apiKey, "?format=ndjson")).text).not.toContain("subagent_");
    const newest = (await log(one.apiKey)).body.entries[0].id;
    const cursor = Buffer.from(JSON.stringify({ id: newest + 1 })).toString("base64");
    expect((await log(other.apiKey, `?cursor=${encodeURIComponent(cursor)}`)).text).not.toContain("subagent_");
  });
});
