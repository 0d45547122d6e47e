import { expect, inject, test } from "vitest";
import { createOrganization } from "#lib/testing/factories";

type Exchange = { line: string; headers?: Record<string, string>; body?: string };

/** What the contract promises about headers; the rest (Date, Connection, ...) is the host's own business. */
const contractHeaders = [
  "content-type",
  "cache-control",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "allow",
  "deprecation",
  "sunset",
  "link",
  "retry-after",
  "idempotency-replayed",
  "location",
  "x-ratelimit-limit",
  "x-ratelimit-reset",
];

/** Removes what differs from call to call on one host as well: ids of requests and runs, clocks, delays. */
function steady(text: string): string {
  return (
    text
      .replace(/req_[A-Za-z0-9]+/g, "req_#")
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "uuid")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time")
      .replace(
        /"(uptime|uptime_seconds|error_rate|execution_time|created|memory_usage|load_average|requests_total)":[\d.]+/g,
        '"$1":0',
      )
      // Only the process that owns the socket knows who is at its other end; behind Next alone a proxy has to tell.
      .replace(/"your_ip":(null|"[^"]*")/g, '"your_ip":"address"')
      .replace(/(sk_live_|chatcmpl-)[A-Za-z0-9]+/g, "$1#")
  );
}

async function exchange(host: string, { line, headers = {}, body }: Exchange) {
  const [method = "GET", path = "/"] = line.split(" ");
  const response = await fetch(`${host}${path}`, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body }),
  });
  const text = steady(await response.text());
  const kept = contractHeaders.map((name) => [name, response.headers.get(name)]);
  const requestId = response.headers.get("x-request-id") ?? "";
  return { status: response.status, headers: Object.fromEntries(kept), requestId: steady(requestId), text };
}

const json = { "content-type": "application/json" };
const form = { "content-type": "multipart/form-data; boundary=cut" };
const part = (name: string, value: string) =>
  `--cut\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${value}\r\n`;
const brokenUpload = `${part('"version"', "one")}${part('"file"; filename="a.apkg"', "no archive")}--cut--\r\n`;

test("both hosts agree byte for byte on bodies, statuses and the contract's headers", async () => {
  const { apiKey } = await createOrganization();
  const reader = await createOrganization({ scopes: ["agents:read"] });
  const key = { authorization: `Bearer ${apiKey}` };
  const few = { authorization: `Bearer ${reader.apiKey}` };
  const message = JSON.stringify({ message: "Hello", optimization_mode: "lite", session_id: "parity" });
  const completion = JSON.stringify({ model: "gpt-4", messages: [{ role: "user", content: "Hello" }] });
  const created = await fetch(`${inject("host")}/api/agent-apps`, {
    method: "POST",
    headers: { ...key, ...json },
    body: '{"name":"Parity"}',
  });
  const { app } = await created.json();
  const exchanges: Exchange[] = [
    { line: "GET /api/health" },
    { line: "GET /health" },
    { line: "GET /health/" },
    { line: "GET /readiness" },
    { line: "GET /metrics" },
    { line: "GET /api/metrics", headers: key },
    { line: "GET /api/openapi.json" },
    { line: "GET /api/auth/session", headers: key },
    { line: "GET /api/auth/session/", headers: key },
    { line: "GET /api/api/auth/session", headers: key },
    { line: "GET /api/api/auth/session/", headers: key },
    { line: "HEAD /api/auth/session", headers: key },
    { line: "GET /api/auth/session" },
    { line: "GET /api/auth/session", headers: { authorization: "Bearer wrong" } },
    { line: "DELETE /api/auth/session", headers: key },
    { line: "OPTIONS /api/auth/session" },
    { line: "OPTIONS /chat/v2/chat" },
    { line: "GET /api/api-keys", headers: key },
    { line: "GET /api/api-keys", headers: few },
    { line: "POST /api/api-keys", headers: { ...key, ...json }, body: '{"name":"parity"}' },
    { line: "POST /api/api-keys", headers: { ...key, ...json }, body: "{" },
    { line: "POST /api/api-keys", headers: { ...key, "content-type": "text/plain" }, body: "name" },
    { line: "POST /api/api-keys/", headers: { ...key, ...json }, body: '{"name":""}' },
    { line: "POST /api/api-keys", headers: { ...key, ...json }, body: `{"name":"${"x".repeat(5 * 1024 * 1024)}"}` },
    { line: "DELETE /api/api-keys/nonsense", headers: key },
    { line: "DELETE /api/api-keys/%2e%2e%2f", headers: key },
    { line: "DELETE /api/keys/00000000-0000-4000-8000-000000000000", headers: key },
    { line: "PATCH /api/organizations/current", headers: { ...key, ...json }, body: '{"name":"Renamed"}' },
    { line: "GET /api/organizations/current?x=1", headers: key },
    { line: "GET /api/unknown" },
    { line: "GET /api/projects/unknown" },
    { line: "GET /api/threads/unknown" },
    { line: "GET /api/v2/agents" },
    { line: "POST /api/v2/agents/" },
    { line: "GET /api/v4/health" },
    { line: "GET /api/v1/security/ip-whitelist", headers: key },
    { line: "GET /api/v4/security/ip-whitelist/", headers: key },
    { line: "GET /api/v3/security/ip-whitelist", headers: key },
    { line: "GET /api/api/v3/security/ip-whitelist", headers: key },
    { line: "GET /api/v3/security/audit?limit=0", headers: { "x-api-key": apiKey } },
    { line: "GET /api/v4/security/audit", headers: { "x-api-key": apiKey } },
    { line: "GET /api/v4/projects", headers: key },
    { line: "GET /api/v3/unknown", headers: key },
    { line: "GET /chat/unknown" },
    { line: "POST /v1/unknown" },
    { line: "GET /v1/models", headers: key },
    { line: "GET /v1/models/gpt-4", headers: key },
    { line: "GET /v1/models/no/such", headers: key },
    { line: "POST /v1/chat/completions", headers: { ...key, ...json }, body: completion },
    {
      line: "POST /v1/chat/completions",
      headers: { ...key, ...json },
      body: completion.replace("}", ',"x":1}').replace(/}$/, ',"stream":true}'),
    },
    { line: "POST /v1/chat/completions", headers: { ...key, ...json }, body: '{"model":"nobody","messages":[]}' },
    { line: "POST /chat/v2/chat", headers: { ...key, ...json }, body: message },
    { line: "POST /chat/v2/chat/", headers: { ...key, ...json }, body: "{}" },
    { line: "POST /chat/v2/chat", headers: { ...few, ...json }, body: message },
    { line: "GET /api/credits/balance", headers: key },
    { line: "GET /api/credits/history?limit=0", headers: key },
    { line: "GET /api/credits/history?format=csv", headers: key },
    { line: "POST /api/credits/topup", headers: { ...key, ...json }, body: '{"package":"starter","credits":7}' },
    { line: "POST /api/stripe/webhook", headers: { "stripe-signature": "t=1,v1=00" }, body: '{"type":"x"}' },
    { line: "GET /api/usage/metrics", headers: key },
    { line: "GET /api/usage/chart?days=2", headers: key },
    { line: "GET /api/usage/chart?days=0", headers: key },
    { line: "POST /api/usage/export", headers: { ...key, ...json }, body: '{"format":"xml"}' },
    { line: "GET /api/usage/exports/forged" },
    { line: `POST /api/agent-apps/${app.id}/packages`, headers: { ...key, ...form }, body: brokenUpload },
    { line: `POST /api/agent-apps/${app.id}/packages/deploy`, headers: { ...key, ...form }, body: brokenUpload },
    { line: `POST /api/agent-apps/${app.id}/packages`, headers: { ...key, ...form }, body: brokenUpload.slice(0, 60) },
    { line: `POST /api/agent-apps/${app.id}/invoke`, headers: { ...key, ...json }, body: '{"input":"x"}' },
    { line: "GET /api/deployments/queue/stats", headers: key },
    { line: "GET /api/cron/process-deployments" },
  ];
  for (const one of exchanges) {
    const [ours, theirs] = await Promise.all([exchange(inject("host"), one), exchange(inject("otherHost"), one)]);
    expect({ line: one.line, ...theirs }).toEqual({ line: one.line, ...ours });
    expect(ours.status, one.line).toBeLessThan(500);
  }
});
