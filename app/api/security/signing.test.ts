import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { flushAudit } from "#lib/audit/writer";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createKey } from "#lib/keys/service";
import { deleteExpiredSecurity } from "#lib/security/queries";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

const path = "/api/security/block-ip";
const body = JSON.stringify({ ip: "198.51.100.23", reason: "ä" });

async function signingOrganization() {
  const made = await createOrganization();
  const { apiKey } = await createKey(made.ctx, { name: "Signing", signing: true });
  return { ...made, plainKey: made.apiKey, apiKey: apiKey.key, keyId: apiKey.id, secret: apiKey.api_secret ?? "" };
}

type Signed = { secret: string; method?: string; path?: string; body?: string; timestamp?: string };

/** As document 004's sample signs. */
function sign({
  secret,
  method = "POST",
  path: signed = path,
  body: text = body,
  timestamp = new Date().toISOString(),
}: Signed) {
  const signature = createHmac("sha256", secret).update(`${timestamp}\n${method}\n${signed}\n${text}`).digest("hex");
  return { "x-timestamp": timestamp, "x-signature": signature };
}

function expectRefused(answer: Awaited<ReturnType<typeof send>>): void {
  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({
    error: { code: 401, message: "Invalid request signature", request_id: answer.headers.get("x-request-id") },
  });
}

describe("request signing", () => {
  test("signing: a key made with signing has its secret shown once, and what it signs is let in", async () => {
    const { plainKey } = await signingOrganization();
    const created = await send("POST /api/api-keys", { apiKey: plainKey, body: { name: "Signed", signing: true } });
    const { key, api_secret: secret } = created.body.apiKey;
    expect(secret).toMatch(/^\S{32,}$/);
    expect((await send("GET /api/api-keys", { apiKey: plainKey })).text).not.toContain(secret);
    const answer = await send(`POST ${path}`, { apiKey: key, headers: sign({ secret }), body });
    expect(answer).toMatchObject({ status: 200, body: { ip: "198.51.100.23", reason: "ä" } });
    const get = sign({ secret, method: "GET", body: "" });
    expect((await send(`GET ${path}`, { apiKey: key, headers: get })).status).toBe(200);
  });

  test("signing: the time stamp may have a zone or none, and the path is the one requested, with its query", async () => {
    const { apiKey, secret } = await signingOrganization();
    const now = new Date();
    const berlin = new Date(now.getTime() + 3_600_000).toISOString().replace("Z", "+01:00");
    for (const timestamp of [now.toISOString().replace(/Z$/, "123"), berlin, now.toISOString().slice(0, 19)]) {
      const headers = sign({ secret, method: "GET", body: "", timestamp });
      expect((await send(`GET ${path}`, { apiKey, headers })).status, timestamp).toBe(200);
    }
    for (const requested of ["/api/v4/security/block-ip", "/api/v1/security/block-ip", `${path}/`, `${path}?x=1`]) {
      const headers = sign({ secret, method: "GET", body: "", path: requested });
      expect((await send(`GET ${requested}`, { apiKey, headers })).status, requested).toBe(200);
      const other = sign({ secret, method: "GET", body: "", path: "/api/security/audit" });
      expectRefused(await send(`GET ${requested}`, { apiKey, headers: other }));
    }
    expectRefused(
      await send(`GET ${path}?x=2`, {
        apiKey,
        headers: sign({ secret, method: "GET", body: "", path: `${path}?x=1` }),
      }),
    );
  });

  test("signing: stale and future time stamps, wrong secrets, other bodies and methods, garbage and nothing are 401", async () => {
    const { apiKey, secret, organizationId } = await signingOrganization();
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const good = sign({ secret });
    const wrong: (Record<string, string> | undefined)[] = [
      undefined,
      { "x-timestamp": good["x-timestamp"] },
      { "x-signature": good["x-signature"] },
      sign({ secret, timestamp: at(-301_000) }),
      sign({ secret, timestamp: at(301_000) }),
      sign({ secret, timestamp: "yesterday" }),
      sign({ secret, timestamp: String(Date.now()) }),
      sign({ secret, timestamp: "" }),
      sign({ secret: "other" }),
      sign({ secret: `${secret}x` }),
      sign({ secret, body: body.replace("23", "24") }),
      sign({ secret, body: "" }),
      sign({ secret, method: "PUT" }),
      sign({ secret, path: "/api/security/audit" }),
      { ...good, "x-signature": good["x-signature"].slice(1) },
      { ...good, "x-signature": "z".repeat(64) },
      { ...good, "x-signature": "" },
      { ...good, "x-timestamp": at(-1_000) },
    ];
    for (const headers of wrong)
      expectRefused(await send(`POST ${path}`, { apiKey, body, ...(headers && { headers }) }));
    expect((await send(`POST ${path}`, { apiKey, headers: good, body })).status).toBe(200);
    await flushAudit();
    const { seen } = await system.one<{ seen: number }>(sql`
      select count(*) as seen from audit_entries
      where organization_id = ${organizationId} and details ->> 'violation' = 'bad_signature'`);
    expect(seen).toBe(wrong.length);
  });

  test("signing: a signature is good for one request, however it is spelled and whichever way it comes in again", async () => {
    const { apiKey, secret } = await signingOrganization();
    const headers = sign({ secret });
    const sent = () => send(`POST ${path}`, { apiKey, headers, body });
    const answers = await Promise.all(Array.from({ length: 8 }, sent));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefused(answer);
    const upper = { ...headers, "x-signature": headers["x-signature"].toUpperCase() };
    expectRefused(await send(`POST ${path}`, { apiKey, headers: upper, body }));
    expectRefused(await send(`POST ${path}`, { apiKey, headers: { ...headers, "idempotency-key": "again" }, body }));
  });

  test("signing: a used signature is kept until its time stamp is too old, then forgotten", async () => {
    const { apiKey, secret, keyId } = await signingOrganization();
    await send(`GET ${path}`, { apiKey, headers: sign({ secret, method: "GET", body: "" }) });
    const count = async () =>
      (await system.one<{ n: number }>(sql`select count(*) as n from used_signatures where api_key_id = ${keyId}`)).n;
    await deleteExpiredSecurity();
    expect(await count()).toBe(1);
    await system.run(sql`update used_signatures set expires_at = now() - interval '1 s' where api_key_id = ${keyId}`);
    await deleteExpiredSecurity();
    expect(await count()).toBe(0);
  });

  test("signing: both headers are checked on a key that need not sign, and on a login; one alone is not looked at", async () => {
    const { plainKey, secret, userId, email } = await signingOrganization();
    const headers = sign({ secret, method: "GET", body: "" });
    expectRefused(await send(`GET ${path}`, { apiKey: plainKey, headers }));
    expectRefused(await send(`GET ${path}`, { token: await signToken({ userId, email }), headers }));
    expect((await send(`GET ${path}`, { apiKey: plainKey, headers: { "x-timestamp": "x" } })).status).toBe(200);
    expect((await send("GET /api/health", { headers })).status).toBe(200);
  });

  test("signing: an upload is signed over its exact bytes, and is refused before anything is stored", async () => {
    const { apiKey, secret, organizationId, plainKey } = await signingOrganization();
    const app = (await send("POST /api/agent-apps", { apiKey: plainKey, body: { name: "Signed" } })).body.app;
    const target = `/api/agent-apps/${app.id}/packages`;
    const text = '--cut\r\nContent-Disposition: form-data; name="version"\r\n\r\n1.0.0\r\n--cut--\r\n';
    const upload = (headers: Record<string, string>) =>
      send(`POST ${target}`, {
        apiKey,
        body: text,
        headers: { ...headers, "content-type": "multipart/form-data; boundary=cut" },
      });
    const refused = await upload(sign({ secret, path: target, body: `${text} ` }));
    expect(refused).toMatchObject({ status: 401, body: { error: "Invalid request signature" } });
    const known = await upload(sign({ secret, path: target, body: text }));
    expect(known.status).toBe(400);
    expect(JSON.stringify(known.body)).toContain("Required field missing");
    const { n } = await system.one<{ n: number }>(
      sql`select count(*) as n from packages where organization_id = ${organizationId}`,
    );
    expect(n).toBe(0);
  });

  test("signing: another key's secret signs nothing", async () => {
    const [one, other] = [await signingOrganization(), await signingOrganization()];
    expectRefused(await send(`POST ${path}`, { apiKey: one.apiKey, headers: sign({ secret: other.secret }), body }));
  });
});
