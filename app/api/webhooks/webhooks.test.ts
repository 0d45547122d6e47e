import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { daysAgo, moveCredits } from "#lib/testing/usage-rows";
import { raiseBudgetAlerts, setBudget } from "#lib/usage/budget/service";

const url = "http://127.0.0.1:9/hook";

test("A27 +A1: a web hook of the organization is registered, listed without its secret, and deleted", async () => {
  const { apiKey } = await createOrganization();
  const body = { url, events: ["agent.completed", "deployment.failed"], secret: "a secret" };
  const made = await send("POST /api/webhooks", { apiKey, body });
  expect(made).toMatchObject({
    status: 200,
    body: { success: true, url, events: body.events, message: "Webhook registered" },
  });

  const listed = await send("GET /api/webhooks", { apiKey });
  expect(listed.body.webhooks).toMatchObject([{ id: made.body.webhook_id, url, signed: true }]);
  expect(listed.text).not.toContain(body.secret);

  const stranger = await createOrganization();
  const id = made.body.webhook_id;
  expect((await send(`DELETE /api/webhooks/${id}`, { apiKey: stranger.apiKey })).status).toBe(404);
  expect(await send(`DELETE /api/webhooks/${id}`, { apiKey })).toMatchObject({ status: 200, body: { success: true } });
  expect((await send("GET /api/webhooks", { apiKey })).body).toEqual({ webhooks: [] });
});

test("A27 refuses unknown events and no URL in the short form, and callers without admin:write", async () => {
  const { apiKey } = await createOrganization();
  for (const body of [{ url, events: ["agent.slept"] }, { url, events: [] }, { events: ["agent.failed"] }]) {
    const answer = await send("POST /api/webhooks", { apiKey, body });
    expect(answer).toMatchObject({ status: 400, body: { success: false, error: expect.any(String) } });
  }
  const reader = await createOrganization({ scopes: ["agents:read"] });
  expect((await send("GET /api/webhooks", { apiKey: reader.apiKey })).status).toBe(403);
});

test("a budget alert is delivered to the organization's web hooks, once for each share", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  await send("POST /api/webhooks", { apiKey, body: { url, events: ["budget.alert"] } });
  await moveCredits(organizationId, "grant", 1_000, daysAgo(70));
  await setBudget(ctx, { monthlyCredits: 10 });
  await moveCredits(organizationId, "usage", -9, daysAgo(0, "00:00:00"));
  await Promise.all([raiseBudgetAlerts(), raiseBudgetAlerts()]);

  const sent = await system.all<{ payload: string }>(sql`
    select payload from webhook_deliveries where organization_id = ${organizationId} and event = 'budget.alert'`);
  const percents = sent.map(({ payload }) => JSON.parse(payload).data.percent);
  expect(percents.sort()).toEqual([50, 80]);
});
