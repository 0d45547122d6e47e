import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureFake, openThread, roundsOf, workOff } from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";
import { commitEvent, quietSession } from "#lib/testing/session-events";
import { bearer, connect, refusal, type TestSocket } from "#lib/testing/socket-client";
import { startWeb, type Web } from "#server/web";

const environment = await ownDatabase();
const root = join(import.meta.dirname, "../..");
const opened: TestSocket[] = [];
let fake: FakeOpenAI;
let web: Web;
let other: SecondHost;
let bases: string[] = [];

beforeAll(async () => {
  web = await startWeb({ root, host: "127.0.0.1", port: 0, sockets: { patienceMs: 400 } });
  other = await startSecondHost({ DATABASE_URL: environment.DATABASE_URL ?? "" });
  bases = [`ws://127.0.0.1:${web.port}`, `ws://127.0.0.1:${other.port}`];
});
afterAll(async () => {
  await web.stop(500);
  await other.stop();
});
beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureFake(fake);
});
afterEach(async () => {
  for (const { socket } of opened.splice(0)) socket.terminate();
  configureProviders();
  await fake.close();
});

async function follow(base: string, path: string, key: string): Promise<TestSocket> {
  const client = await connect(`${base}${path}`, bearer(key));
  opened.push(client);
  return client;
}
const upTo = (count: number, from = 1) => Array.from({ length: count - from + 1 }, (_, index) => from + index);
const sequencesOf = ({ frames }: TestSocket) => frames.map(({ sequence }) => sequence);

test("X14 the events of an orchestration in order, once, to all connections of its session on two processes", async () => {
  const { apiKey } = await createOrganization();
  const stranger = await createOrganization();
  const { sessionId, threadId } = await openThread(apiKey);
  const theirs = await openThread(stranger.apiKey);
  const path = `/ws/${sessionId}`;
  const readers = [];
  for (const base of [...bases, ...bases]) readers.push(await follow(base, path, apiKey));
  const apart = await follow(bases[0] ?? "", `/ws/${theirs.sessionId}`, stranger.apiKey);

  fake.script(...roundsOf(5, 9));
  const body = { thread_id: threadId };
  const { body: started } = await send("POST /api/orchestration/start", { apiKey, body });
  await workOff();

  const round = ["model_selected", "response_generated", "evaluation_completed"];
  const types = ["orchestration_started", ...round, ...round, "orchestration_completed"];
  for (const reader of readers) {
    await expect.poll(() => reader.frames.length, { timeout: 10_000 }).toBe(types.length);
    expect(reader.frames.map(({ type }) => type)).toEqual(types);
    expect(sequencesOf(reader)).toEqual(upTo(types.length));
    expect(reader.frames).toEqual(readers[0]?.frames);
    for (const frame of reader.frames) {
      expect(frame.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
      expect(frame).toMatchObject({ thread_id: threadId, orchestration_id: started._id });
    }
  }
  expect(readers[0]?.frames.at(-1)).toMatchObject({ iterations: 2, final_score: 9, final_response: "answer 2" });
  expect(apart.frames).toEqual([]);

  const resumed = await follow(bases[1] ?? "", `${path}?after=5`, apiKey);
  await expect.poll(() => sequencesOf(resumed)).toEqual(upTo(types.length, 6));
  const live = await follow(bases[0] ?? "", path, apiKey);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(live.frames).toEqual([]);
});

test("X14 many events at once: every connection gets each once and in order, wherever it began and on whichever process", async () => {
  const { apiKey, ctx } = await createOrganization();
  const { sessionId, runId } = await quietSession(ctx);
  const readers: { client: TestSocket; from: number }[] = [];
  const join = async (after: number) => {
    for (const base of bases)
      readers.push({ client: await follow(base, `/ws/${sessionId}?after=${after}`, apiKey), from: after + 1 });
  };
  await join(0);
  for (let burst = 0; burst < 10; burst++) {
    // Several at a time: who commits first gets the lower number.
    await Promise.all(upTo(30).map((number) => commitEvent(ctx, runId, 100 + burst * 30 + number)));
    if (burst % 3 === 0) await join(burst * 10);
  }
  for (const { client, from } of readers) {
    await expect.poll(() => client.frames.length, { timeout: 15_000 }).toBe(301 - from);
    expect(sequencesOf(client)).toEqual(upTo(300, from));
  }
  const contents = readers.map(({ client }) => client.frames.slice(-50));
  for (const content of contents) expect(content).toEqual(contents[0]);
});

test("X14 unknown, malformed and foreign sessions are 404 at the upgrade; no, wrong and insufficient credentials", async () => {
  const { apiKey } = await createOrganization();
  const stranger = await createOrganization();
  const reader = await createOrganization({ scopes: ["agents:read"] });
  const { sessionId } = await openThread(apiKey);
  const [base = ""] = bases;
  const missing = { status: 404, body: { detail: "Session not found", status_code: 404 } };
  expect(await refusal(`${base}/ws/${sessionId}`, bearer(stranger.apiKey))).toMatchObject(missing);
  expect(await refusal(`${base}/ws/0123456789abcdef01234567`, bearer(apiKey))).toMatchObject(missing);
  expect(await refusal(`${base}/ws/7`, bearer(apiKey))).toMatchObject(missing);
  const denied = { status: 401, body: { detail: "Not authenticated", status_code: 401 } };
  expect(await refusal(`${base}/ws/${sessionId}?token=wrong`)).toMatchObject(denied);
  expect(await refusal(`${base}/ws/${sessionId}`, bearer(reader.apiKey))).toMatchObject({ status: 403 });
  expect(await refusal(`${base}/ws/${sessionId}?after=x`, bearer(apiKey))).toMatchObject({ status: 422 });

  const auth = (token: string) => ({ type: "control", data: { action: "auth", token } });
  for (const [key, code] of [
    [stranger.apiKey, 4404],
    ["wrong", 4401],
  ] as const) {
    const client = await connect(`${base}/ws/${sessionId}`);
    client.send(auth(key));
    expect((await client.closed).code).toBe(code);
  }
  const silent = await connect(`${base}/ws/${sessionId}`);
  expect((await silent.closed).code).toBe(4401);
});

test("X14 ping is answered with pong, whatever else a client says is ignored; credentials may come in the first message", async () => {
  const { apiKey, ctx } = await createOrganization();
  const { sessionId, runId } = await quietSession(ctx);
  const client = await connect(`${bases[0]}/ws/${sessionId}?after=0`);
  opened.push(client);
  client.send({ type: "control", data: { action: "auth", token: apiKey } });
  for (const noise of ["{", "null", { type: "shout" }, { type: "ping" }]) client.send(noise);
  expect(await client.next()).toEqual({ type: "pong", timestamp: expect.stringMatching(/\.\d{6}$/) });
  await commitEvent(ctx, runId, 100);
  expect(await client.next()).toMatchObject({ type: "response_generated", tokens_used: 100, sequence: 1 });
});

test("X14 a process that ends closes with 1001; the client goes on where it was on another, without a gap", async () => {
  const { apiKey, ctx } = await createOrganization();
  const { sessionId, runId } = await quietSession(ctx);
  const ending = await startWeb({ root, host: "127.0.0.1", port: 0 });
  const first = await connect(`ws://127.0.0.1:${ending.port}/ws/${sessionId}`, bearer(apiKey));
  await commitEvent(ctx, runId, 100);
  const { sequence } = await first.next();
  await ending.stop(500);
  expect((await first.closed).code).toBe(1001);
  await commitEvent(ctx, runId, 101);
  const second = await follow(bases[1] ?? "", `/ws/${sessionId}?after=${sequence}`, apiKey);
  expect(await second.next()).toMatchObject({ sequence: 2, tokens_used: 101 });
});
