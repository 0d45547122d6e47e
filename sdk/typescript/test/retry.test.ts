import { createServer } from "node:net";
import { expect, test } from "vitest";
import { CircuitBreaker } from "../src/circuit-breaker.ts";
import { Baton } from "../src/client.ts";
import { backoffMs } from "../src/retry.ts";
import { cut, json, noWaiting, startFlakyServer } from "./flaky-server.ts";

const refusal = json(429, {
  error: { code: 429, message: "Rate limit exceeded", retry_after: 7, request_id: "req_a1b2c3d4e" },
});
const away = json(503, { error: { code: 503, message: "Draining", request_id: "req_a1b2c3d4e" } });
const fine = json(200, { success: true });
const spawn = { body: { task: "Go" } };

function clientOf(baseUrl: string, more: object = {}) {
  const waiting = noWaiting();
  return { baton: new Baton({ baseUrl, apiKey: "k", ...waiting, ...more }), ...waiting };
}

test("A19 the delay is min(1 s * 2^n, 60 s) and up to 10 % more", () => {
  const seconds = [0, 1, 2, 3, 4, 5, 6, 7, 20].map((n) => backoffMs(n, () => 0) / 1000);
  expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(backoffMs(2, () => 1)).toBeCloseTo(4_400);
  for (let n = 0; n < 100; n++) expect(backoffMs(0)).toSatisfy((ms: number) => ms >= 1_000 && ms < 1_100);
});

test("A19 503 is asked five times in all, with growing delays, and then told", async () => {
  await using server = await startFlakyServer(away);
  const { baton, waitedMs } = clientOf(server.url);
  await expect(baton.request("POST /api/spawn", spawn)).rejects.toMatchObject({
    name: "BatonError",
    status: 503,
    code: "unavailable",
    message: "Draining",
    requestId: "req_a1b2c3d4e",
  });
  expect(server.received).toHaveLength(5);
  expect(waitedMs).toEqual([1_000, 2_000, 4_000, 8_000]);
});

test("A19 a retried write carries one Idempotency-Key and the same bytes", async () => {
  await using server = await startFlakyServer(away, cut, fine);
  const { baton } = clientOf(server.url);
  expect(await baton.request("POST /api/spawn", spawn)).toEqual({ success: true });
  const keys = server.received.map(({ headers }) => headers["idempotency-key"]);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  expect(new Set(server.received.map(({ body }) => body))).toEqual(new Set(['{"task":"Go"}']));
});

test("A19 two calls have two keys; a key of the caller's own is used", async () => {
  await using server = await startFlakyServer(fine);
  const { baton } = clientOf(server.url);
  await baton.request("POST /api/spawn", spawn);
  await baton.request("POST /api/spawn", spawn);
  await baton.request("POST /api/spawn", { ...spawn, idempotencyKey: "mine" });
  await baton.request("POST /api/v4/spawn", { body: { task: "Go" } });
  const keys = server.received.map(({ headers }) => headers["idempotency-key"]);
  expect(keys[0]).not.toBe(keys[1]);
  expect(keys[2]).toBe("mine");
});

test("O1 a write without idempotency is not repeated when the connection breaks off", async () => {
  await using server = await startFlakyServer(cut, fine);
  const { baton } = clientOf(server.url);
  const chat = baton.request("POST /chat/v2/chat", { body: { message: "Hi" } });
  await expect(chat).rejects.toMatchObject({ status: 0, code: "connection_failed" });
  expect(server.received).toHaveLength(1);
});

test("O1 a write without idempotency is repeated after 429 and 503", async () => {
  await using server = await startFlakyServer(refusal, away, fine);
  const { baton, waitedMs } = clientOf(server.url);
  await baton.request("POST /chat/v2/chat", { body: { message: "Hi" } });
  expect(waitedMs).toEqual([7_000, 2_000]);
});

test("O1 a refused connection is tried again, also for such a write", async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address() as { port: number };
  await new Promise((resolve) => free.close(resolve));
  const { baton, waitedMs } = clientOf(`http://127.0.0.1:${port}`);
  const chat = baton.request("POST /chat/v2/chat", { body: { message: "Hi" } });
  await expect(chat).rejects.toMatchObject({
    status: 0,
    code: "connection_failed",
    message: expect.stringContaining("ECONNREFUSED"),
  });
  expect(waitedMs).toHaveLength(4);
});

test("A21 a read is repeated when the connection breaks off, also within the answer", async () => {
  await using server = await startFlakyServer(
    cut,
    (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"data":', () => response.destroy());
    },
    json(502, {}),
    json(200, { data: [] }),
  );
  const { baton } = clientOf(server.url);
  expect(await baton.request("GET /api/agents")).toEqual({ data: [] });
  expect(server.received).toHaveLength(4);
});

test("README 5.3 Retry-After is honoured, as seconds, as a date, and from the body", async () => {
  const date = new Date(Date.now() + 20_000).toUTCString();
  const asked = [json(429, {}, { "retry-after": "3" }), json(503, {}, { "retry-after": date }), refusal, fine];
  await using server = await startFlakyServer(...asked);
  const { baton, waitedMs } = clientOf(server.url);
  await baton.request("GET /api/system");
  expect(waitedMs[0]).toBe(3_000);
  expect(waitedMs[1]).toBeGreaterThan(17_000);
  expect(waitedMs[2]).toBe(7_000);
});

test("README 5.3 a server that asks for more than a minute is not waited for", async () => {
  await using server = await startFlakyServer(json(429, { error: { code: 429, message: "Later", retry_after: 3600 } }));
  const { baton } = clientOf(server.url);
  await expect(baton.request("GET /api/system")).rejects.toMatchObject({ status: 429, retryAfterSeconds: 3600 });
  expect(server.received).toHaveLength(1);
});

test("README 5.4 a repeated write that meets its own first attempt still at work waits for the answer", async () => {
  const running = json(409, { success: false, error: "A request with this Idempotency-Key is still running" });
  await using server = await startFlakyServer(cut, running, fine);
  const { baton } = clientOf(server.url);
  expect(await baton.request("POST /api/spawn", spawn)).toEqual({ success: true });
});

test("A19 other refusals are not repeated", async () => {
  for (const status of [400, 401, 403, 404, 409, 500]) {
    await using server = await startFlakyServer(json(status, { success: false, error: "No" }));
    const { baton } = clientOf(server.url);
    await expect(baton.request("POST /api/spawn", spawn)).rejects.toMatchObject({ status, message: "No" });
    expect(server.received).toHaveLength(1);
  }
});

test("A timeout ends an attempt, and a signal ends the whole call with its own reason", async () => {
  await using server = await startFlakyServer(() => undefined);
  const { baton } = clientOf(server.url, { timeoutMs: 500, retriesMax: 1 });
  await expect(baton.request("GET /api/system")).rejects.toMatchObject({ status: 0, code: "timeout" });
  expect(server.received).toHaveLength(2);
  const stop = new AbortController();
  const call = baton.request("GET /api/system", { signal: stop.signal, timeoutMs: 10_000 });
  const ended = expect(call).rejects.toThrow("The user left");
  await expect.poll(() => server.received.length).toBe(3);
  stop.abort(new Error("The user left"));
  await ended;
  await expect(baton.request("GET /api/system", { signal: stop.signal })).rejects.toThrow("The user left");
  expect(server.received).toHaveLength(3);
});

test("A signal also ends the waiting between two attempts", async () => {
  await using server = await startFlakyServer(away);
  const stop = new AbortController();
  const baton = new Baton({ baseUrl: server.url });
  const call = baton.request("GET /api/system", { signal: stop.signal });
  const ended = expect(call).rejects.toThrow("The user left");
  await expect.poll(() => server.received.length).toBe(1);
  stop.abort(new Error("The user left"));
  await ended;
  expect(server.received).toHaveLength(1);
});

test("A19 the circuit opens after five failed calls, tries one after 60 s, and closes when it succeeds", async () => {
  const clock = { ms: 0 };
  const circuitBreaker = new CircuitBreaker({ now: () => clock.ms });
  const broken = json(500, { error: { code: 500, message: "Broken" } });
  await using server = await startFlakyServer(broken, broken, broken, broken, broken, broken, fine);
  const { baton } = clientOf(server.url, { circuitBreaker });
  const call = () => baton.request("GET /api/system");
  for (let n = 0; n < 5; n++) await expect(call()).rejects.toMatchObject({ status: 500 });
  expect(circuitBreaker.state).toBe("open");
  clock.ms = 59_999;
  await expect(call()).rejects.toMatchObject({ status: 0, code: "circuit_open" });
  expect(server.received).toHaveLength(5);
  clock.ms = 60_000;
  expect(circuitBreaker.state).toBe("half-open");
  await expect(call()).rejects.toMatchObject({ status: 500 });
  expect(circuitBreaker.state).toBe("open");
  clock.ms = 120_000;
  const both = await Promise.allSettled([call(), call()]);
  expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(circuitBreaker.state).toBe("closed");
});

test("A19 refusals that are the caller's own do not open the circuit", async () => {
  const circuitBreaker = new CircuitBreaker();
  await using server = await startFlakyServer(json(400, { success: false, error: "Task cannot be empty" }));
  const { baton } = clientOf(server.url, { circuitBreaker });
  for (let n = 0; n < 8; n++) await baton.request("POST /api/spawn", { body: { task: "" } }).catch(() => undefined);
  expect(circuitBreaker.state).toBe("closed");
});
