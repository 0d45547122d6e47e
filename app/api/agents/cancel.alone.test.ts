import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { drainQueue } from "#lib/queue/drain";
import { agentOf, budgetRow, eventsOf, spawn, task, workOff } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { startWebhookReceiver } from "#lib/testing/webhook-receiver";
import { webhookDeliveries } from "#lib/webhooks/jobs";

await ownDatabase();
beforeAll(() => configureProviders());
afterAll(() => configureProviders());

test("A26 cancelling gives the whole estimate back, and a second time is 409", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const id = await spawn(apiKey);
  const answer = await send(`DELETE /api/agent/${id}`, { apiKey });
  expect(answer).toMatchObject({ status: 200, body: { success: true, message: "Agent cancelled", refund: 0.05 } });
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 0 });
  const again = await send(`DELETE /api/agent/${id}`, { apiKey });
  expect(again.status).toBe(409);
  expect(again.body.error).toMatchObject({ code: 409, message: "Agent has already been cancelled" });
  await workOff();
  expect(await agentOf(apiKey, id)).toMatchObject({ status: "cancelled", cost: 0, error: null });
  expect(await eventsOf(organizationId, id)).toEqual(["agent.spawned", "agent.cancelled"]);
});

test("A26 an agent at work stops within a second and its late result is void", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const id = await spawn(apiKey);
  const worked = workOff();
  await vi.waitFor(async () => expect((await agentOf(apiKey, id)).status).toBe("running"), { timeout: 10_000 });
  const answers = await Promise.all([1, 2, 3].map(() => send(`DELETE /api/agent/${id}`, { apiKey })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const cancelledAt = Date.now();
  await worked;
  expect(Date.now() - cancelledAt).toBeLessThan(1_500);
  expect(await agentOf(apiKey, id)).toMatchObject({ status: "cancelled", result: null, cost: 0 });
  expect(await budgetRow(organizationId)).toEqual({ spent: 0, simulated: 0, reserved: 0 });
});

test("A26 a finished agent is 409", async () => {
  const { apiKey } = await createOrganization();
  const id = await spawn(apiKey);
  await workOff();
  const answer = await send(`DELETE /api/agent/${id}`, { apiKey });
  expect(answer.status).toBe(409);
  expect(answer.body.error.message).toBe("Agent has already completed");
});

test("A27 web hooks hear of an agent's whole life, with its result and cost", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const receiver = await startWebhookReceiver();
  const events = ["agent.spawned", "agent.started", "agent.completed", "agent.failed", "agent.cancelled"];
  await send("POST /api/webhooks", { apiKey, body: { url: receiver.url, events } });
  const id = await spawn(apiKey);
  await workOff();
  const late = await spawn(apiKey, { timeout: 1 });
  await workOff();
  const gone = await spawn(apiKey);
  await send(`DELETE /api/agent/${gone}`, { apiKey });
  await vi.waitFor(
    async () => {
      await drainQueue(webhookDeliveries);
      expect(receiver.received).toHaveLength(8);
    },
    { timeout: 15_000 },
  );
  const told = receiver.received.map(({ body }) => JSON.parse(body));
  const of = (agentId: string) =>
    told
      .filter(({ data }) => data.agent_id === agentId)
      .map(({ event }) => event)
      .toSorted();
  expect(of(id)).toEqual(["agent.completed", "agent.spawned", "agent.started"]);
  expect(of(late)).toEqual(["agent.failed", "agent.spawned", "agent.started"]);
  expect(of(gone)).toEqual(["agent.cancelled", "agent.spawned"]);
  expect(told.find(({ event }) => event === "agent.completed")).toMatchObject({
    timestamp: expect.any(String),
    data: { agent_id: id, model: "k2p5", task, result: expect.stringContaining("Simulated answer"), cost: 0.03 },
  });
  expect(told.find(({ event }) => event === "agent.failed").data).toMatchObject({ agent_id: late, error: "Timeout" });
  expect(await eventsOf(organizationId, id)).toEqual(["agent.spawned", "agent.started", "agent.completed"]);
  await receiver.close();
});

test("L5 L6 L7 the names of version 3 answer as their successors do, and say who those are", async () => {
  const { apiKey } = await createOrganization();
  const spawned = await send("POST /api/agent", { headers: { "x-api-key": apiKey }, body: { model: "k2p5", task } });
  expect(spawned.status, spawned.text).toBe(200);
  expect(spawned.body).toMatchObject({ success: true, estimated_cost: 0.05, metadata: { version: "3.2" } });
  expect(spawned.headers.get("deprecation")).toBe("true");
  expect(spawned.headers.get("sunset")).toBe("Mon, 01 Jun 2026 00:00:00 GMT");
  expect(spawned.headers.get("link")).toBe('</api/v4/spawn>; rel="successor-version"');
  const id = spawned.body.agent_id;

  for (const line of [`GET /api/status?agent_id=${id}`, `GET /api/v3/status?id=${id}`]) {
    const status = await send(line, { apiKey });
    expect(status).toMatchObject({ status: 200, body: { agent_id: id, status: "spawning" } });
    expect(status.headers.get("link"), line).toBe(`</api/v4/agent/${id}>; rel="successor-version"`);
  }
  expect((await send("GET /api/status", { apiKey })).body.error).toMatchObject({
    code: 400,
    message: "agent_id is required",
  });
  expect((await send("DELETE /api/cancel", { apiKey })).body).toMatchObject({
    success: false,
    error: "agent_id is required",
  });

  const cancelled = await send("DELETE /api/cancel", { apiKey, body: { agent_id: id } });
  expect(cancelled).toMatchObject({ status: 200, body: { message: "Agent cancelled", refund: 0.05 } });
  expect(cancelled.headers.get("link")).toBe(`</api/v4/agent/${id}>; rel="successor-version"`);
  expect((await send(`DELETE /api/cancel?agent_id=${id}`, { apiKey })).status).toBe(409);
});

test("L5-L8 versions 1 and 4 are the same API, 3 is deprecated, 2 is gone; v4 takes no X-API-Key", async () => {
  const { apiKey } = await createOrganization();
  for (const version of ["v1", "v4", "v3"]) {
    const answer = await send(`POST /api/${version}/spawn`, { apiKey, body: { model: "k2p5", task } });
    expect(answer.status, version).toBe(200);
    expect(answer.headers.get("deprecation"), version).toBe(version === "v3" ? "true" : null);
  }
  expect((await send("POST /api/v2/spawn", { apiKey, body: {} })).status).toBe(410);
  expect((await send("GET /api/v4/agents", { headers: { "x-api-key": apiKey } })).status).toBe(401);
  expect((await send("GET /api/v3/agents", { headers: { "x-api-key": apiKey } })).status).toBe(200);
});
