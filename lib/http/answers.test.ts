import { expect, test } from "vitest";
import { type Sent, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const requestId = /^req_[A-Za-z0-9]{9,}$/;
const methods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";

function expectLimits({ headers }: Sent): void {
  for (const name of ["limit", "remaining", "reset"]) expect(headers.get(`x-ratelimit-${name}`), name).toMatch(/^\d+$/);
}

test("README 5.6: X-Request-Id is a UUID on orchestra paths and req_ elsewhere, new for each answer and equal to the body's", async () => {
  for (const path of ["/chat/unknown", "/health", "/readiness", "/metrics"]) {
    expect((await send(`GET ${path}`)).headers.get("x-request-id"), path).toMatch(uuid);
  }
  for (const path of ["/api/health", "/api/unknown", "/api/keys/x", "/api/projects", "/api/threads", "/v1/unknown"]) {
    expect((await send(`GET ${path}`)).headers.get("x-request-id"), path).toMatch(requestId);
  }
  const long = await send("GET /api/keys/x");
  expect(long.body.error.request_id).toBe(long.headers.get("x-request-id"));
  const envelope = await send("GET /chat/unknown");
  expect(envelope.body.metadata.request_id).toBe(envelope.headers.get("x-request-id"));
  const ids = await Promise.all(
    Array.from({ length: 200 }, async () => (await send("GET /api/unknown")).headers.get("x-request-id")),
  );
  expect(new Set(ids).size).toBe(200);
});

test("README 5.8: every answer opens itself to other sites, exposes the headers, and never with credentials", async () => {
  const { apiKey } = await createOrganization();
  for (const line of [
    "GET /api/health",
    "GET /api/unknown",
    "GET /chat/unknown",
    "POST /api/health",
    "GET /api/api-keys",
    "GET /v1/models",
  ]) {
    const answer = await send(line, { apiKey });
    expect(answer.headers.get("access-control-allow-origin"), line).toBe("*");
    expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    const exposed = answer.headers.get("access-control-expose-headers") ?? "";
    for (const name of [
      "X-RateLimit-Limit",
      "X-RateLimit-Remaining",
      "X-RateLimit-Reset",
      "X-Request-Id",
      "Deprecation",
      "Sunset",
      "Link",
    ]) {
      expect(exposed.split(", "), line).toContain(name);
    }
    expectLimits(answer);
  }
});

test("README 5.8: OPTIONS is public, 204 and empty, on known and unknown paths, and costs nothing", async () => {
  for (const path of [
    "/api/api-keys",
    "/api/unknown",
    "/chat/v2/chat",
    "/api/keys/x",
    "/health",
    "/v1/models",
    "/ws/x",
  ]) {
    const answer = await send(`OPTIONS ${path}`, {
      headers: { origin: "https://elsewhere.example", "access-control-request-method": "POST" },
    });
    expect(answer, path).toMatchObject({ status: 204, text: "" });
    expect(answer.headers.get("access-control-allow-methods")).toBe(methods);
    const allowed = (answer.headers.get("access-control-allow-headers") ?? "").split(", ");
    for (const name of [
      "Authorization",
      "Content-Type",
      "Idempotency-Key",
      "Last-Event-ID",
      "X-API-Key",
      "X-Request-Id",
      "X-Timestamp",
      "X-Signature",
    ]) {
      expect(allowed).toContain(name);
    }
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("x-request-id")).toMatch(/^\/(chat|health)/.test(path) ? uuid : requestId);
    expectLimits(answer);
    expect(answer.headers.get("x-ratelimit-remaining")).toBe(answer.headers.get("x-ratelimit-limit"));
  }
});

const stable = ({ status, body, headers }: Sent) => ({
  status,
  body,
  type: headers.get("content-type"),
  location: headers.get("location"),
  allow: headers.get("allow"),
});

test("README 1: a trailing slash and a doubled /api are answered alike, bodies included, without a redirect", async () => {
  const { apiKey } = await createOrganization();
  for (const path of ["/api/organizations", "/api/organizations/current", "/api/organizations/members"]) {
    const plain = stable(await send(`GET ${path}`, { apiKey }));
    expect(plain).toMatchObject({ status: 200, location: null });
    expect(stable(await send(`GET ${path}/`, { apiKey }))).toEqual(plain);
    expect(stable(await send(`GET /api${path}`, { apiKey }))).toEqual(plain);
    expect(stable(await send(`GET /api${path}/?a=1`, { apiKey }))).toEqual(plain);
  }
  for (const path of ["/api/api-keys/", "/api/api/api-keys", "/api/api/api-keys/"]) {
    const made = await send(`POST ${path}`, { apiKey, body: { name: path } });
    expect(made, path).toMatchObject({ status: 201, body: { apiKey: { name: path } } });
  }
  const wrongMethod = await send("PUT /api/keys/x", { apiKey });
  for (const path of ["/api/keys/x/", "/api/api/keys/x", "/api/api/keys/x/"]) {
    const answer = await send(`PUT ${path}`, { apiKey });
    expect(answer.body.error, path).toEqual({
      ...wrongMethod.body.error,
      request_id: answer.headers.get("x-request-id"),
    });
  }
});

test("HEAD answers as GET does", async () => {
  for (const path of ["/api/health", "/health", "/api/organizations/current"]) {
    const [head, get] = [await send(`HEAD ${path}`), await send(`GET ${path}`)];
    expect(head.status, path).toBe(get.status);
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  }
  expect(await send("HEAD /api/auth/login")).toMatchObject({ status: 405 });
  expect(await send("HEAD /api/unknown")).toMatchObject({ status: 404 });
});

test("README 2: unknown paths are 404 in the frame of their family, whoever asks and however", async () => {
  const frames: Record<string, object> = {
    "/api/unknown": { code: "NOT_FOUND", error: expect.any(String) },
    "/api/auth/unknown": { code: "NOT_FOUND" },
    "/api/projects/1/unknown": { success: false, error: expect.any(String) },
    "/api/threads/unknown/x": { detail: expect.any(String), status_code: 404 },
    "/api/models/x/y": { detail: expect.any(String), status_code: 404 },
    "/chat/unknown": { success: false, data: null, error: { code: "NOT_FOUND" } },
    "/ws/unknown/x": { detail: expect.any(String), status_code: 404 },
    "/api/v4/unknown": { error: { code: 404, message: expect.any(String) } },
    "/api/agents/x/y/z": { error: { code: 404 } },
    "/v1/unknown": { error: { type: "invalid_request_error", code: "not_found" } },
  };
  for (const [path, body] of Object.entries(frames)) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await send(`${method} ${path}`);
      expect(answer, `${method} ${path}`).toMatchObject({ status: 404, body });
      expectLimits(answer);
    }
  }
  for (const path of [
    "/api/%00",
    "/api/%ff",
    "/api/a%2fb",
    "/api//",
    "/api/..%2f..%2fetc/passwd",
    `/api/${"x".repeat(4_000)}`,
  ]) {
    expect((await send(`GET ${path}`)).status, path).toBe(404);
  }
});

test("the whole body is one line of JSON with its type, never cached and never sniffed", async () => {
  const { headers, text } = await send("GET /api/unknown");
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(text).not.toContain("\n");
});
