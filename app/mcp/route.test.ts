import { expect, inject, test } from "vitest";
import { createKey, deleteKey } from "#lib/keys/service";
import { call } from "#lib/testing/call";
import { type SendOptions, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { POST } from "./route.ts";

const accept = "application/json, text/event-stream";
const list = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
const post = (options: SendOptions) => send("POST /mcp", { ...options, headers: { accept, ...options.headers } });

/** The message in an answer that is one Server-Sent Event. */
const messageIn = (text: string) => JSON.parse(/^data: (\{.*\})$/m.exec(text)?.[1] ?? "null");

const modern = (method: string, params: object = {}) => ({
  body: {
    jsonrpc: "2.0",
    id: 7,
    method,
    params: {
      ...params,
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  },
  headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": method },
});

test("a message is answered with the limit's headers and a request id: as JSON, and as an event for clients of 2025", async () => {
  const { apiKey } = await createOrganization();
  const answer = await post({ apiKey, ...modern("tools/list") });
  expect(answer).toMatchObject({ status: 200, body: { jsonrpc: "2.0", id: 7 } });
  expect(answer.body.result.tools).toHaveLength(20);
  expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  expect(Number(answer.headers.get("x-ratelimit-limit"))).toBeGreaterThanOrEqual(1_050);
  const remaining = Number(answer.headers.get("x-ratelimit-remaining"));
  const older = await post({ apiKey, body: list, headers: { "mcp-protocol-version": "2025-06-18" } });
  expect(messageIn(older.text).result.tools).toHaveLength(20);
  expect(Number(older.headers.get("x-ratelimit-remaining"))).toBe(remaining - 1);
});

test("without a key, with a wrong one and with a revoked one: 401 that asks for a Bearer token", async () => {
  const { ctx } = await createOrganization();
  const { apiKey } = await createKey(ctx, { name: "Short-lived" });
  expect((await post({ apiKey: apiKey.key, body: list })).status).toBe(200);
  await deleteKey(ctx, apiKey.id);
  for (const credentials of [{}, { apiKey: "sk_live_00000000000000000000000000000000" }, { apiKey: apiKey.key }]) {
    const refused = await post({ ...credentials, body: list });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(refused.body).toMatchObject({ jsonrpc: "2.0", id: null, error: { code: -32_000 } });
  }
});

test("there is no session to listen to or to end: GET and DELETE are 405", async () => {
  const { apiKey } = await createOrganization();
  for (const method of ["GET", "DELETE"]) {
    const refused = await send(`${method} /mcp`, { apiKey });
    expect(refused).toMatchObject({ status: 405, body: { jsonrpc: "2.0", error: { code: -32_000 } } });
    expect(refused.headers.get("allow")).toBe("POST, OPTIONS");
  }
});

test("pages of other sites may not call it, whatever Host they name; our own may", async () => {
  const { apiKey } = await createOrganization();
  const from = (origin: string, headers = {}) => post({ apiKey, body: list, headers: { origin, ...headers } });
  for (const origin of ["http://evil.example", "null", "http://localhost:1", "https://localhost:3000.evil.example"]) {
    const refused = await from(origin, { host: origin.replace(/^https?:\/\//, "") });
    expect(refused, origin).toMatchObject({ status: 403, body: { error: { data: { reason: "FOREIGN_ORIGIN" } } } });
  }
  expect((await from(inject("host") || "http://localhost:3000")).status).toBe(200);
});

test("what is no message is refused: text, batches, wrong versions, too much of it", async () => {
  const { apiKey } = await createOrganization();
  const rejected = async (body: unknown, headers = {}) => {
    const { status, body: answer } = await post({ apiKey, body, headers });
    return { status, code: answer.error?.code, message: answer.error?.message };
  };
  expect(await rejected("{")).toMatchObject({ status: 400, code: -32_700 });
  const batch = await rejected([list, list]);
  expect(batch).toMatchObject({ status: 400, code: -32_600 });
  expect(batch.message).toContain("one JSON-RPC message per request");
  expect(await rejected({ method: "tools/list" })).toMatchObject({ status: 400, code: -32_600 });
  expect(await rejected(list, { "mcp-protocol-version": "1999-01-01" })).toMatchObject({ status: 400 });
  expect(await rejected(list, { "content-type": "text/plain" })).toMatchObject({ status: 415 });
  expect(await rejected({ ...list, params: { x: "x".repeat(5 * 1024 * 1024) } })).toMatchObject({ status: 413 });
});

test("notifications are accepted, unknown methods and subscriptions are not served", async () => {
  const { apiKey } = await createOrganization();
  const notification = { jsonrpc: "2.0", method: "notifications/initialized" };
  expect(await post({ apiKey, body: notification })).toMatchObject({ status: 202, text: "" });
  const unknown = await post({ apiKey, body: { ...list, method: "tools/drop" } });
  expect(messageIn(unknown.text).error).toMatchObject({ code: -32_601 });
  const listen = await post({ apiKey, ...modern("subscriptions/listen", { notifications: {} }) });
  expect(listen.text).toContain("error");
});

test("what goes wrong inside tells nothing but the request id", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const body = {
    ...list,
    method: "tools/call",
    params: { name: "get_run", arguments: { run_id: "'; drop table runs" } },
  };
  const answer = await call(POST, { apiKey, body, path: "/mcp", headers: { accept } });
  expect(messageIn(answer.body).result).toMatchObject({ isError: true });
  expect(answer.body).not.toContain(organizationId);
  expect(answer.body).not.toMatch(/select |\.ts:|node_modules/);
});
