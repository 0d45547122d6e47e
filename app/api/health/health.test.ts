import { expect, inject, test } from "vitest";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

test("C37, A1 and O3 answer one union at both URLs, to everybody", async () => {
  for (const path of ["/api/health", "/health", "/api/health/", "/health/", "/api/api/health"]) {
    const { status, body, headers } = await send(`GET ${path}`);
    expect(status, path).toBe(200);
    expect(["healthy", "degraded"]).toContain(body.status);
    expect(body).toMatchObject({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
      services: { database: "connected", storage: "connected", auth: "operational" },
      version: expect.any(String),
      models_configured: 4,
    });
    expect(Object.keys(body.components).sort()).toEqual([
      "command_dispatcher",
      "memory_system",
      "orchestra_manager",
      "swarm_intelligence",
    ]);
    expect(body.uptime).toBeGreaterThan(0);
    expect(body.uptime_seconds).toBe(body.uptime);
    expect(body.error_rate).toBeGreaterThanOrEqual(0);
    expect(body.error_rate).toBeLessThanOrEqual(1);
    expect(Date.now() - Date.parse(body.timestamp)).toBeLessThan(60_000);
    expect(headers.get("content-type")).toContain("application/json");
  }
});

test("C37 a wrong credential does not hide the health page, and probes are not counted", async () => {
  const first = await send("GET /api/health", { apiKey: "sk_live_wrong" });
  const second = await send("GET /api/health", { apiKey: "sk_live_wrong" });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
  expect(first.headers.get("x-request-id")).toMatch(/^req_/);
  expect((await send("GET /health")).headers.get("x-request-id")).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
});

test("O4 readiness tells database, cache and external services, to everybody", async () => {
  const checks = { database: true, cache: true, external_services: true };
  // The connection for notifications is made at the first authenticated call.
  await send("GET /api/auth/session", { apiKey: (await createOrganization()).apiKey });
  await expect.poll(async () => (await send("GET /readiness")).status).toBe(200);
  expect((await send("GET /readiness")).body).toEqual({ ready: true, checks });
});

test("O5 metrics need credentials and are Prometheus' text with templates instead of ids", async () => {
  expect(await send("GET /metrics")).toMatchObject({ status: 401, body: { error: { code: "AUTHENTICATION_ERROR" } } });
  const { apiKey, keyId } = await createOrganization();
  await send(`POST /api/api-keys/${keyId}/rotate`, { apiKey, body: { grace_hours: 1 } });
  await send(`GET /api/no-such-thing/${keyId}`, { apiKey });
  const { status, headers, text } = await send("GET /metrics", { apiKey });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(text).toContain("# HELP http_requests_total Total HTTP requests\n# TYPE http_requests_total counter\n");
  expect(text).toMatch(/^# TYPE websocket_connections gauge\nwebsocket_connections \d+$/m);
  expect(text).not.toContain(keyId);
  expect(text).not.toContain("no-such-thing");
  expect(text).toMatch(/^http_requests_total\{method="POST",endpoint="\/api\/api-keys\/\{id\}\/rotate"\} \d+$/m);
});

test("O5 counts one more for each request", async () => {
  const { apiKey } = await createOrganization();
  const count = async () => {
    const { text } = await send("GET /metrics", { apiKey });
    return Number(/^http_requests_total\{method="GET",endpoint="\/api\/organizations"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };
  const before = await count();
  for (let call = 0; call < 3; call++) await send("GET /api/organizations", { apiKey });
  // Over HTTP other tests share the host.
  if (inject("host")) expect(await count()).toBeGreaterThanOrEqual(before + 3);
  else expect(await count()).toBe(before + 3);
});

test("L3 metrics as JSON, as text by Accept; A1's frame without credentials or scope", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { status, body } = await send("GET /api/metrics", { apiKey });
  expect(status).toBe(200);
  expect(body).toMatchObject({ active_agents: 0, websocket_connections: expect.any(Number) });
  expect(body.uptime_seconds).toBeGreaterThan(0);
  expect(body.requests_total).toBeGreaterThanOrEqual(0);
  expect(body.error_rate).toBeLessThanOrEqual(1);
  expect(body.memory_usage).toBeGreaterThan(0);
  expect(body.memory_usage).toBeLessThanOrEqual(100);
  expect(body.load_average).toBeGreaterThanOrEqual(0);
  const text = await send("GET /api/metrics", { apiKey, headers: { accept: "text/plain" } });
  expect(text.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(text.text).toContain("http_requests_total");

  expect(await send("GET /api/metrics")).toMatchObject({
    status: 401,
    body: { error: { code: 401, message: "Invalid or missing API key" } },
  });
  const billing = await createOrganization({ scopes: ["billing:read"] });
  expect(await send("GET /api/metrics", { apiKey: billing.apiKey })).toMatchObject({
    status: 403,
    body: { error: { code: 403 } },
  });
  const token = await signToken(await addMember(organizationId, "member"));
  expect(await send("GET /api/metrics", { token })).toMatchObject({ status: 200 });
});
