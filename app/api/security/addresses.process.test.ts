import { afterEach, describe, expect, test } from "vitest";
import { flushAudit } from "#lib/audit/writer";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { putIpPolicy } from "#lib/security/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

const home = "203.0.113.7";
const away = "198.51.100.23";

afterEach(() => provideEnvironment({ TRUSTED_PROXY: "0", ALLOWED_IPS: "", BATON_DISABLE_IP_ALLOWLIST: "0" }));

const allow = (apiKey: string, body: object, ip = home) => send("PUT /api/security/ip-whitelist", { apiKey, ip, body });

async function violations(organizationId: string) {
  await flushAudit();
  return system.all<{ severity: string; ip: string; details: { violation: string } }>(sql`
    select severity, host(ip_address) as ip, details from audit_entries
    where organization_id = ${organizationId} and event = 'security.violation' order by id`);
}

describe("A29 allow-list", () => {
  test("A29 an enforced list lets its addresses in and answers others with 403 and your_ip, in each family's frame", async () => {
    const { apiKey, organizationId } = await createOrganization();
    const set = await allow(apiKey, {
      allowed_ips: ["203.0.113.0/24", "2001:db8::/32"],
      enforce: true,
      log_violations: true,
    });
    expect(set).toMatchObject({
      status: 200,
      body: { success: true, allowed_ips: ["203.0.113.0/24", "2001:db8::/32"], enforce: true, log_violations: true },
    });
    for (const ip of [home, "203.0.113.250", "2001:db8::5", "::ffff:203.0.113.9"])
      expect((await send("GET /api/security/block-ip", { apiKey, ip })).status, ip).toBe(200);
    const refused = await send("GET /api/security/block-ip", { apiKey, ip: away });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      error: {
        code: 403,
        message: "IP not whitelisted",
        your_ip: away,
        request_id: refused.headers.get("x-request-id"),
      },
    });
    expect((await send("GET /api/stats", { apiKey, ip: away })).body).toMatchObject({
      success: false,
      error: "IP not whitelisted",
    });
    expect((await send("GET /api/credits/balance", { apiKey, ip: away })).body).toMatchObject({ code: "IP_REFUSED" });
    expect((await send("GET /v1/models", { apiKey, ip: away })).status).toBe(403);
    const seen = await violations(organizationId);
    expect(seen).toHaveLength(4);
    expect(seen[0]).toMatchObject({ severity: "warning", ip: away, details: { violation: "ip_not_allowed" } });
  });

  test("A29 log_violations: false leaves them out; not enforced, everybody gets in; what is not sent stays", async () => {
    const { apiKey, organizationId } = await createOrganization();
    await allow(apiKey, { allowed_ips: [home], enforce: true, log_violations: false });
    expect((await send("GET /api/security/block-ip", { apiKey, ip: away })).status).toBe(403);
    expect(await violations(organizationId)).toEqual([]);
    expect((await allow(apiKey, { allowed_ips: [home, "192.0.2.1"] })).body).toMatchObject({
      enforce: true,
      log_violations: false,
    });
    await allow(apiKey, { allowed_ips: [home], enforce: false });
    expect((await send("GET /api/security/block-ip", { apiKey, ip: away })).status).toBe(200);
  });

  test("A29 a list that would lock the caller out is refused, unless that is meant; an empty one is always refused", async () => {
    const { apiKey, ctx } = await createOrganization();
    for (const allowed_ips of [[away], ["10.0.0.0/8", "2001:db8::/32"], ["203.0.112.0/24"]]) {
      const answer = await allow(apiKey, { allowed_ips, enforce: true });
      expect(answer).toMatchObject({ status: 400, body: { success: false } });
      expect(answer.body.error).toContain("confirm_lockout");
    }
    await expect(putIpPolicy({ ...ctx, ip: null }, { allowed_ips: [home], enforce: true })).rejects.toMatchObject({
      code: "validation",
    });
    expect((await allow(apiKey, { allowed_ips: [], enforce: true, confirm_lockout: true })).status).toBe(400);
    expect((await allow(apiKey, { allowed_ips: [away], enforce: true, confirm_lockout: true })).status).toBe(200);
    expect((await allow(apiKey, { allowed_ips: [] })).status).toBe(403);
  });

  test("A29 a login is never held to the list, so that a person can undo a lock-out", async () => {
    const { apiKey, userId, email } = await createOrganization();
    await allow(apiKey, { allowed_ips: [away], enforce: true, confirm_lockout: true });
    const token = await signToken({ userId, email });
    expect((await send("GET /api/security/ip-whitelist", { apiKey, ip: home })).status).toBe(403);
    expect((await send("GET /api/security/ip-whitelist", { token, ip: home })).body).toMatchObject({
      enforce: true,
      your_ip: home,
    });
    expect(
      (await send("PUT /api/security/ip-whitelist", { token, ip: home, body: { allowed_ips: [], enforce: false } }))
        .status,
    ).toBe(200);
    expect((await send("GET /api/security/ip-whitelist", { apiKey, ip: home })).status).toBe(200);
  });

  test("A29 BATON_DISABLE_IP_ALLOWLIST lets everybody in again; ALLOWED_IPS holds every organization", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    await allow(one.apiKey, { allowed_ips: [away], enforce: true, confirm_lockout: true });
    const status = async (apiKey: string, ip: string) =>
      (await send("GET /api/security/block-ip", { apiKey, ip })).status;
    provideEnvironment({ BATON_DISABLE_IP_ALLOWLIST: "1" });
    expect(await status(one.apiKey, home)).toBe(200);
    provideEnvironment({ BATON_DISABLE_IP_ALLOWLIST: "0", ALLOWED_IPS: "192.0.2.0/24, 198.51.100.23" });
    expect([await status(other.apiKey, home), await status(other.apiKey, "192.0.2.9")]).toEqual([403, 200]);
    expect([await status(one.apiKey, "192.0.2.9"), await status(one.apiKey, away)]).toEqual([403, 200]);
  });

  test("A29 X-Forwarded-For opens nothing without a trusted proxy, and with one only its last entry counts", async () => {
    const { apiKey } = await createOrganization();
    await allow(apiKey, { allowed_ips: [home], enforce: true });
    const ask = (forwarded: string, ip = away) =>
      send("GET /api/security/block-ip", {
        apiKey,
        ip,
        headers: { "x-forwarded-for": forwarded, "x-real-ip": home, forwarded: `for=${home}` },
      });
    expect((await ask(home)).body.error).toMatchObject({ code: 403, your_ip: away });
    provideEnvironment({ TRUSTED_PROXY: "1" });
    expect((await ask(`${home}, ${away}`, "10.0.0.1")).body.error).toMatchObject({ code: 403, your_ip: away });
    expect((await ask(`${away}, ${home}`, "10.0.0.1")).status).toBe(200);
  });

  test.each([
    [{}],
    [{ allowed_ips: "203.0.113.7" }],
    [{ allowed_ips: ["203.0.113.7/33"] }],
    [{ allowed_ips: ["example.com"] }],
    [{ allowed_ips: [5] }],
    [{ allowed_ips: [home], enforce: "yes" }],
    [{ allowed_ips: Array(1_001).fill(home) }],
  ])("A29 bad input %# is 400 in the string form", async (body) => {
    const { apiKey } = await createOrganization();
    expect(await allow(apiKey, body)).toMatchObject({
      status: 400,
      body: { success: false, error: expect.any(String) },
    });
  });

  test("A29 the list of one organization means nothing to another", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    await allow(one.apiKey, { allowed_ips: [home], enforce: true });
    expect((await send("GET /api/security/ip-whitelist", { apiKey: other.apiKey, ip: away })).body).toMatchObject({
      allowed_ips: [],
    });
  });
});

describe("A31 blocked addresses", () => {
  const block = (apiKey: string, body: object, ip = home) => send("POST /api/security/block-ip", { apiKey, ip, body });

  test("A31 a blocked address is 403 until its time is over, and is listed and let in again (+A4)", async () => {
    const { apiKey, organizationId } = await createOrganization();
    const blocked = await block(apiKey, { ip: away, reason: "Scanner", duration_hours: 2 });
    expect(blocked).toMatchObject({ status: 200, body: { success: true, ip: away, reason: "Scanner" } });
    const hours = (Date.parse(blocked.body.blocked_until) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThan(2.1);
    expect((await send("GET /api/security/block-ip", { apiKey, ip: away })).body.error).toMatchObject({
      code: 403,
      message: "IP blocked",
      your_ip: away,
    });
    expect((await violations(organizationId))[0]).toMatchObject({ details: { violation: "blocked_ip" } });
    expect((await send("GET /api/security/block-ip", { apiKey })).body).toMatchObject({
      count: 1,
      blocked_ips: [{ ip: away }],
    });
    expect((await send("DELETE /api/security/block-ip", { apiKey, body: { ip: away } })).body).toMatchObject({
      success: true,
      ip: away,
    });
    expect((await send("GET /api/security/block-ip", { apiKey, ip: away })).status).toBe(200);
    expect((await send(`DELETE /api/security/block-ip?ip=${away}`, { apiKey })).status).toBe(404);
    expect((await send("DELETE /api/security/block-ip", { apiKey })).status).toBe(400);
  });

  test("A31 a block ends by itself, and a default one lasts a day", async () => {
    const { apiKey, organizationId } = await createOrganization();
    const day = await block(apiKey, { ip: "2001:DB8::9" });
    expect(day.body).toMatchObject({ ip: "2001:db8::9", reason: null });
    expect(Date.parse(day.body.blocked_until) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await block(apiKey, { ip: away });
    await system.run(
      sql`update blocked_ips set blocked_until = now() + interval '0.3 s' where organization_id = ${organizationId} and ip = ${away}`,
    );
    await expect.poll(async () => (await send("GET /api/security/block-ip", { apiKey, ip: away })).status).toBe(200);
    expect((await send("GET /api/security/block-ip", { apiKey })).body.count).toBe(1);
  });

  test("A31 one's own address is refused unless that is meant, however it is spelled", async () => {
    const { apiKey } = await createOrganization();
    for (const ip of [home, `::ffff:${home}`])
      expect((await block(apiKey, { ip })).body.error).toContain("your own address");
    expect((await block(apiKey, { ip: home, confirm_lockout: true })).status).toBe(200);
    expect((await block(apiKey, { ip: away })).status).toBe(403);
  });

  test.each([
    [{}],
    [{ ip: "203.0.113.0/24" }],
    [{ ip: "x" }],
    [{ ip: away, duration_hours: 0 }],
    [{ ip: away, duration_hours: -1 }],
    [{ ip: away, duration_hours: "2" }],
    [{ ip: away, reason: "x".repeat(501) }],
  ])("A31 bad input %# is 400 in the string form", async (body) => {
    const { apiKey } = await createOrganization();
    expect(await block(apiKey, body)).toMatchObject({
      status: 400,
      body: { success: false, error: expect.any(String) },
    });
  });

  test("A31 another organization's block neither holds nor can be lifted", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    await block(one.apiKey, { ip: away });
    expect((await send("GET /api/security/block-ip", { apiKey: other.apiKey, ip: away })).body).toMatchObject({
      count: 0,
    });
    expect((await send(`DELETE /api/security/block-ip?ip=${away}`, { apiKey: other.apiKey })).status).toBe(404);
  });
});
