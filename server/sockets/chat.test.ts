import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { judges, prepareProvider, says } from "#lib/testing/fake-provider";
import { control, errorOf, prepareSockets } from "#lib/testing/socket-host";

const provider = prepareProvider();
const { greeted } = prepareSockets();

test("O2 chat is answered like O1; context reaches the model; the session is one with the other doors", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  provider.fake.script(says("The moon."), judges(8.5));
  const client = await greeted(apiKey);
  client.send({ type: "chat", data: { message: "Why tides?", context: { plan: "gold" } } });
  expect(await client.next()).toEqual({
    type: "chat",
    data: {
      response: "The moon.",
      session_id: "s1",
      execution_mode: "single",
      quality_score: 0.85,
      execution_time: expect.any(Number),
      metadata: { tokens_used: 36, model: "codex", processing_steps: ["route", "generate:codex", "evaluate:gpt4"] },
    },
    timestamp: expect.stringMatching(/Z$/),
  });
  expect(provider.fake.received[0]?.text).toContain("gold");
  const { body } = await send("GET /chat/v2/sessions/s1/history", { apiKey });
  expect(body.data.turns).toMatchObject([{ content: "Why tides?" }, { content: "The moon." }]);
  const [run] = (await listRuns(ctx, { limit: 1, offset: 0 })).items;
  expect(run?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(await system.one(sql`select client_id from chat_sessions where organization_id = ${organizationId}`)).toEqual({
    clientId: "phone",
  });
});

test.each([
  ["balanced", {}],
  ["quality", { optimization_mode: "quality" }],
  ["a team", { swarm_type: "creative-team", optimization_mode: "lite" }],
  ["a debate", { swarm_type: "coding-debate" }],
])("O2 stream of %s: the tokens together are the response, exactly", async (_, more) => {
  const { apiKey } = await createOrganization();
  const client = await greeted(apiKey);
  client.send({ type: "stream", data: { message: "Hi", ...more } });
  const tokens: { token: string; index: number }[] = [];
  for (;;) {
    const { type, data } = await client.next();
    expect(type).toBe("stream");
    if (data.done) {
      expect(data).toMatchObject({ response: "Hello from the fake provider.", session_id: "s1", metadata: {} });
      break;
    }
    tokens.push(data);
  }
  expect(tokens.map(({ token }) => token).join("")).toBe("Hello from the fake provider.");
  expect(tokens.map(({ index }) => index)).toEqual(tokens.map((_, index) => index));
});

test("O2 tokens are sent as the model says them, before the answer is done", async () => {
  const { apiKey } = await createOrganization();
  provider.fake.script({ type: "slow-stream", everyMs: 150, chunks: 4 });
  const client = await greeted(apiKey);
  client.send({ type: "stream", data: { message: "Hi", optimization_mode: "lite" } });
  const times: number[] = [];
  for (let index = 0; index < 4; index++) {
    expect(await client.next()).toMatchObject({ data: { token: "word ", index } });
    times.push(performance.now());
  }
  expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
});

test("O2 a client that leaves cancels what is under way for it", async () => {
  const { apiKey, ctx } = await createOrganization();
  provider.fake.script({ type: "silence" });
  const client = await greeted(apiKey);
  client.send({ type: "chat", data: { message: "Hi" } });
  await expect.poll(() => provider.fake.received.length).toBe(1);
  client.socket.close();
  const status = async () => (await listRuns(ctx, { limit: 1, offset: 0 })).items[0]?.status;
  await expect.poll(status).toBe("cancelled");
});

test("O2 controls: ping, pong, status", async () => {
  const { apiKey } = await createOrganization();
  const client = await greeted(apiKey);
  client.send({ ...control("ping"), timestamp: new Date().toISOString() });
  expect(await client.next()).toMatchObject(control("pong"));
  client.send(control("pong"));
  client.send(control("status"));
  expect((await client.next()).data).toEqual({
    action: "status",
    connected: true,
    client_id: "phone",
    session_id: "s1",
    messages_received: 3,
    uptime: expect.any(Number),
  });
});

test("O2 commands: help, history, clear, end with 1000 and session.ended once", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const client = await greeted(apiKey);
  const command = async (name: string) => {
    client.send({ type: "command", data: { command: name } });
    const { type, data } = await client.next();
    expect({ type, command: data.command }).toEqual({ type: "command", command: name });
    return data.result;
  };
  expect(Object.keys((await command("help")).commands)).toEqual(["help", "history", "clear", "end"]);
  expect(await command("history")).toEqual({ session_id: "s1", turns: [] });
  client.send({ type: "chat", data: { message: "Hi", optimization_mode: "lite" } });
  await client.next();
  expect((await command("history")).turns).toMatchObject([{ role: "user", content: "Hi" }, { role: "assistant" }]);
  expect(await command("clear")).toEqual({ cleared: 2 });
  expect((await command("history")).turns).toEqual([]);
  expect(await command("end")).toEqual({ ended: true });
  expect((await client.closed).code).toBe(1000);
  const events = await system.all(sql`
    select data from events where organization_id = ${organizationId} and type = 'session.ended'`);
  expect(events).toEqual([{ data: { session_id: "s1", client_id: "phone", turns: 0, reason: "command" } }]);
});

test("O2 bad frames are answered with an error, and the connection stays", async () => {
  const { apiKey } = await createOrganization();
  const client = await greeted(apiKey);
  const wrong: [unknown, string][] = [
    ["{", ""],
    ["[]", ""],
    ["null", ""],
    [{ type: "shout", data: {} }, "type"],
    [{ data: {} }, "type"],
    [{ type: "chat", data: "hello" }, "data"],
    [{ type: "chat", data: {} }, "message"],
    [{ type: "stream", data: { message: " " } }, "message"],
    [{ type: "chat", data: { message: "x", swarm_type: "ants" } }, "swarm_type"],
    [{ type: "chat", data: { message: "x", context: { a: "x".repeat(66_000) } } }, "context"],
    [{ type: "command", data: { command: "dance" } }, "data.command"],
    [{ type: "command", data: { command: "constructor" } }, "data.command"],
    [{ type: "control", data: { action: "dance" } }, "data.action"],
    ['{"type":"chat","data":{"message":"\\u0000"}}', ""],
    ['{"type":"chat","data":{"message":"\\ud800"}}', ""],
  ];
  for (const [sent, field] of wrong) {
    client.send(sent);
    expect(await client.next()).toMatchObject(errorOf("VALIDATION_ERROR", field ? { field } : {}));
  }
  expect(provider.fake.received).toHaveLength(0);
  provider.fake.script({ type: "status", status: 400, body: { error: { message: "Not today" } } });
  client.send({ type: "stream", data: { message: "x", optimization_mode: "lite" } });
  expect(await client.next()).toMatchObject(errorOf("VALIDATION_ERROR"));
  client.send(control("ping"));
  expect(await client.next()).toMatchObject(control("pong"));
});
