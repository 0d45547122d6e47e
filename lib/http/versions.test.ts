import { afterEach, describe, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { agencyWords, unversioned, versionedWords } from "#lib/http/versions";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import nextConfig from "../../next.config";

const line = (word: string) => `/api/${word}`;

test("README 1 below /api/v1, /v3 and /v4 there are the agency's endpoints and nothing else", () => {
  for (const version of ["v1", "v3", "v4"]) {
    for (const word of versionedWords) {
      expect(unversioned(`/api/${version}/${word}`)).toBe(line(word));
      expect(unversioned(`/api/${version}/${word}/x/y`)).toBe(`${line(word)}/x/y`);
    }
    for (const word of ["auth/login", "agent-apps", "projects", "sessions", "agentsx", "models", ""])
      expect(unversioned(`/api/${version}/${word}`)).toBe(`/api/${version}/${word}`);
  }
  for (const path of ["/api/v2/agents", "/api/v5/agents", "/v4/agents", "/api/v44/agents", "/api/agents", "/api/v4"])
    expect(unversioned(path)).toBe(path);
});

test("README 1 Next's rewrites name the same words", async () => {
  const rewrites = await nextConfig.rewrites?.();
  const sources = (rewrites && !Array.isArray(rewrites) ? rewrites.beforeFiles : []) ?? [];
  const words = sources.map(({ source }) => /:word\((.+)\)/.exec(source)?.[1]).find(Boolean);
  expect(words?.split("|")).toEqual([...versionedWords]);
  expect(versionedWords).toEqual([...agencyWords, "health"]);
});

describe("versions", () => {
  test("README 1 v1 and v4 answer as the address without a version does, without deprecation", async () => {
    const { apiKey } = await createOrganization();
    const plain = await send("GET /api/security/ip-whitelist", { apiKey });
    for (const path of ["/api/v4", "/api/v1", "/api/api/v4", "/api/api/v1"]) {
      for (const slash of ["", "/"]) {
        const answer = await send(`GET ${path}/security/ip-whitelist${slash}`, { apiKey });
        expect(answer).toMatchObject({ status: 200, body: plain.body });
        expect(answer.headers.has("deprecation")).toBe(false);
      }
    }
    expect((await send("GET /api/v4/health")).status).toBe(200);
  });

  test("gap 36, 37: v3 answers with Deprecation, Sunset, Link and metadata, errors too", async () => {
    const { apiKey } = await createOrganization();
    const good = await send("GET /api/v3/security/ip-whitelist", { apiKey });
    const metrics = await send("GET /api/v3/metrics", { apiKey });
    const unknown = await send("GET /api/v3/nothing", { apiKey });
    const refused = await send("GET /api/v3/security/audit");
    const wrong = await send("PUT /api/v3/security/ip-whitelist", { apiKey, body: {} });
    expect([good, metrics, unknown, refused, wrong].map(({ status }) => status)).toEqual([200, 200, 404, 401, 400]);
    for (const answer of [good, metrics, unknown, refused, wrong]) {
      expect(answer.headers.get("deprecation")).toBe("true");
      expect(answer.headers.get("sunset")).toBe("Mon, 01 Jun 2026 00:00:00 GMT");
      expect(answer.headers.get("link")).toMatch(/^<\/api\/v4\/.+>; rel="successor-version"$/);
      expect(answer.body.metadata).toEqual({
        version: "3.2",
        request_id: answer.headers.get("x-request-id"),
        timestamp: expect.stringMatching(/Z$/),
      });
    }
    expect(good.headers.get("link")).toBe('</api/v4/security/ip-whitelist>; rel="successor-version"');
    expect(good.body.allowed_ips).toEqual([]);
    expect(unknown.body.error).toMatchObject({ code: 404 });
    expect(wrong.body).toMatchObject({ success: false, error: expect.any(String) });
    expect(new Date(Date.parse("2026-06-01T00:00:00Z")).toUTCString()).toBe(good.headers.get("sunset"));
  });

  test("README 5.1 X-API-Key is good below v3 and nowhere else", async () => {
    const { apiKey } = await createOrganization();
    const headers = { "x-api-key": apiKey };
    expect((await send("GET /api/v3/security/block-ip", { headers })).status).toBe(200);
    for (const path of ["/api/v4", "/api/v1", "/api"])
      expect((await send(`GET ${path}/security/block-ip`, { headers })).status).toBe(401);
  });

  test("L8 v2 is 410 with a Link to v4, whatever the method and whoever asks", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      for (const path of ["/api/v2/agents", "/api/v2/x/y/", "/api/api/v2/agents"]) {
        const answer = await send(`${method} ${path}`);
        expect(answer.status, `${method} ${path}`).toBe(410);
        expect(answer.body.error).toMatchObject({ code: 410, request_id: answer.headers.get("x-request-id") });
        expect(answer.headers.get("link")).toBe(
          `<${path.replace("/api/api", "/api").replace("v2", "v4")}>; rel="successor-version"`,
        );
      }
    }
    expect((await send("GET /api/v2")).status).toBe(410);
    expect((await send("GET /api/v22/agents")).status).toBe(404);
  });

  test("README 1 other families are 404 below a version, in the object form", async () => {
    const { apiKey } = await createOrganization();
    for (const path of ["/api/v4/projects", "/api/v1/auth/session", "/api/v4/agent-apps", "/api/v4", "/api/v3/"]) {
      const answer = await send(`GET ${path}`, { apiKey });
      expect(answer, path).toMatchObject({ status: 404, body: { error: { code: 404 } } });
    }
  });
});

describe("limits", () => {
  afterEach(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" }));

  test("README 5.3 callers of one address share 1200 agency calls a minute, whatever their keys", async () => {
    provideEnvironment({ RATE_LIMIT_MULTIPLIER: "0.005" });
    const keys = [await createOrganization(), await createOrganization(), await createOrganization()];
    const ip = `2001:db8::${crypto.randomUUID().slice(0, 4)}`;
    const statuses: number[] = [];
    for (let call = 0; call < 9; call++) {
      const { apiKey } = keys[call % 3] ?? {};
      const answer = await send("GET /api/security/block-ip", { apiKey: apiKey ?? "", ip });
      statuses.push(answer.status);
      if (answer.status === 429) expect(answer.body.error.retry_after).toBeGreaterThan(0);
    }
    // 1200 × 0.005 = 6; a new minute may begin in between.
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(6);
    expect(statuses).toContain(429);
  });
});
