import { afterAll, beforeEach, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { send } from "#lib/testing/client";
import { createTestApp, deploy, simpleManifest, statusOf } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { startWebhookReceiver } from "#lib/testing/webhook-receiver";

await ownDatabase();

const secret = "cron-secret-of-the-tests";

beforeEach(() => provideEnvironment({ CRON_SECRET: secret }));
afterAll(() => provideEnvironment({ CRON_SECRET: "" }));

test("a tick is 401 without the secret, and with it carries out deployments and delivers their web hooks", async () => {
  for (const method of ["GET", "POST"]) {
    expect((await send(`${method} /api/cron/upkeep`, { headers: { "x-cron-secret": "wrong" } })).status).toBe(401);
  }
  const receiver = await startWebhookReceiver();
  const { apiKey } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const events = ["deployment.completed"];
  await send(`POST /api/agent-apps/${appId}/webhooks`, { apiKey, body: { url: receiver.url, events } });
  const { body } = await deploy(apiKey, appId, "1.0.0", simpleManifest);

  const ticks = [];
  for (let tick = 0; tick < 2; tick++) {
    ticks.push(await send("GET /api/cron/upkeep", { headers: { authorization: `Bearer ${secret}` } }));
  }

  expect(ticks.map(({ status }) => status)).toEqual([200, 200]);
  expect(await statusOf(apiKey, body.deployment.id)).toMatchObject({ status: "completed" });
  expect(receiver.received.map(({ headers }) => headers["x-webhook-event"])).toEqual(events);
  await receiver.close();
});
