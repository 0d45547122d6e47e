import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { provideEnvironment } from "#lib/env";
import { metrics } from "#lib/metrics";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { prepareProvider } from "#lib/testing/fake-provider";
import { bearer, connect, refusal } from "#lib/testing/socket-client";
import { control, errorOf, path, prepareSockets, root } from "#lib/testing/socket-host";
import { startWeb } from "#server/web";

const provider = prepareProvider();
const { host, open, greeted } = prepareSockets();

test("O2 over 100 messages a minute: the message is dropped, the connection stays", async () => {
  provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1" });
  const { apiKey } = await createOrganization();
  const client = await greeted(apiKey);
  provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" });
  for (let count = 0; count < 103; count++) client.send(control("ping"));
  for (let count = 0; count < 100; count++) expect(await client.next()).toMatchObject(control("pong"));
  for (let count = 0; count < 3; count++) {
    const { data } = await client.next();
    expect(data).toMatchObject(errorOf("RATE_LIMIT_ERROR").data);
    expect(data.error.details.retry_after).toBeGreaterThan(0);
  }
  const other = await greeted(apiKey);
  other.send(control("ping"));
  expect(await other.next()).toMatchObject(control("pong"));
  expect(client.socket.readyState).toBe(WebSocket.OPEN);
});

test("O2 binary frames close with 1003, messages over 1 MB with 1009", async () => {
  const { apiKey } = await createOrganization();
  const binary = await greeted(apiKey);
  binary.socket.send(Buffer.from('{"type":"control","data":{"action":"ping"}}'));
  expect((await binary.closed).code).toBe(1003);
  const large = await greeted(apiKey);
  large.send({ type: "chat", data: { message: "x".repeat(1024 * 1024) } });
  expect((await large.closed).code).toBe(1009);
});

test("O2 a connection that answers no pings is dropped after two; one that does stays", async () => {
  const { apiKey } = await createOrganization();
  const deaf = await open(path, { ...bearer(apiKey), autoPong: false });
  const alive = await greeted(apiKey);
  const startedAt = performance.now();
  expect((await deaf.closed).code).toBe(1006);
  expect(performance.now() - startedAt).toBeGreaterThan(300);
  expect(alive.socket.readyState).toBe(WebSocket.OPEN);
});

test("O2 a reader that does not read is sent away with 1013 instead of filling the memory", async () => {
  const { apiKey } = await createOrganization();
  const patient = await startWeb({ root, host: "127.0.0.1", port: 0 });
  const tcp = connectTcp(patient.port, "127.0.0.1");
  await once(tcp, "connect");
  const key = Buffer.alloc(16).toString("base64");
  const head = [`GET ${path} HTTP/1.1`, "Host: x", `Authorization: Bearer ${apiKey}`, "Upgrade: websocket"];
  head.push("Connection: Upgrade", "Sec-WebSocket-Version: 13", `Sec-WebSocket-Key: ${key}`, "", "");
  tcp.write(head.join("\r\n"));
  await once(tcp, "readable");
  // Masked with zeros, which leaves the text as it is. Each of them is answered.
  const text = Buffer.from(JSON.stringify({ type: "x".repeat(100), data: {} }));
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
  expect(text.length).toBeLessThan(126);
  const flood = Buffer.concat(Array.from({ length: 2_000 }, () => frame));
  for (let round = 0; round < 50; round++) {
    tcp.write(flood);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const read: Buffer[] = [];
  tcp.on("data", (chunk: Buffer) => read.push(chunk));
  tcp.on("error", () => undefined);
  const isSentAway = () => Buffer.concat(read).includes(Buffer.from([0x88, 21, 0x03, 0xf5]));
  await expect.poll(isSentAway, { timeout: 10_000 }).toBe(true);
  // 100,000 answers would be over 30 MB; what was kept for it is what the kernel took, and 1 MB.
  expect(Buffer.concat(read).length).toBeLessThan(12_000_000);
  tcp.destroy();
  await patient.stop(500);
});

test("O2 an organization has so many connections at most, a process too; the gauge counts them", async () => {
  const { apiKey } = await createOrganization();
  const other = await createOrganization();
  const gauge = async () => (await metrics.sockets.get()).values[0]?.value;
  await expect.poll(gauge).toBe(0);
  provideEnvironment({ SOCKETS_PER_ORGANIZATION_MAX: "2", SOCKETS_MAX: "4" });
  try {
    await greeted(apiKey);
    await greeted(apiKey);
    const full = await refusal(`${host.base}${path}`, bearer(apiKey));
    expect(full).toMatchObject({ status: 429, body: { error: { code: "RATE_LIMIT_ERROR" } } });
    const late = await open();
    late.send(control("auth", { token: apiKey }));
    expect((await late.closed).code).toBe(1013);
    await greeted(other.apiKey);
    await expect.poll(gauge).toBe(3);
    await open();
    const none = await refusal(`${host.base}${path}`, bearer(other.apiKey));
    expect(none).toMatchObject({ status: 503, body: { error: { code: "SERVICE_UNAVAILABLE" } } });
    await expect.poll(gauge).toBe(4);
    const text = async () => (await send("GET /metrics", { apiKey })).text;
    await expect.poll(text).toMatch(/^websocket_connections 4$/m);
  } finally {
    provideEnvironment({ SOCKETS_PER_ORGANIZATION_MAX: "2000", SOCKETS_MAX: "10000" });
  }
});

test("O2 at the end of a process idle connections close with 1001 at once, busy ones when they are answered", async () => {
  const { apiKey } = await createOrganization();
  const ending = await startWeb({ root, host: "127.0.0.1", port: 0 });
  const url = `ws://127.0.0.1:${ending.port}${path}`;
  const [idle, busy, stuck] = [
    await connect(url, bearer(apiKey)),
    await connect(url, bearer(apiKey)),
    await connect(url, bearer(apiKey)),
  ];
  provider.fake.script({ type: "slow-stream", everyMs: 100, chunks: 3 }, { type: "silence" });
  await busy.next();
  busy.send({ type: "stream", data: { message: "Hi", optimization_mode: "lite" } });
  await busy.next();
  stuck.send({ type: "chat", data: { message: "Hi" } });
  await expect.poll(() => provider.fake.received.length).toBe(2);
  const stopped = ending.stop(1_500);
  expect((await idle.closed).code).toBe(1001);
  expect(busy.socket.readyState).toBe(WebSocket.OPEN);
  expect((await busy.closed).code).toBe(1001);
  expect((await stuck.closed).code).toBe(1001);
  expect(busy.frames.at(-1)).toBeDefined();
  await stopped;
});
