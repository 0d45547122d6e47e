import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import type { Claim } from "#lib/deployments/claim-queries";
import { processClaim } from "#lib/deployments/process";
import { pipelineSteps } from "#lib/deployments/steps";
import { claimNext } from "#lib/deployments/worker";
import { provideEnvironment } from "#lib/env";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { send } from "#lib/testing/client";
import { createTestApp, deploy, eventsIn, simpleManifest, statusOf, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();

const never = new AbortController().signal;
const creditsOf = async (organizationId: string) => (await getBalance(system, { organizationId })).credits;
const carryOut = (claim: Claim) => processClaim(claim, pipelineSteps, never);

async function claim(): Promise<Claim> {
  const taken = await claimNext();
  if (!taken) throw new Error("Nothing could be claimed.");
  return taken;
}

async function currentOf(apiKey: string, appId: string): Promise<string> {
  const { body } = await send(`GET /api/agent-apps/${appId}`, { apiKey });
  return body.app.deployed_package_id;
}

test("a queued deployment can be cancelled: refunded once, never carried out; 409 afterwards", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const { body } = await deploy(apiKey, appId, "1.0.0");
  const cancel = () => send(`POST /api/deployments/${body.deployment.id}/cancel`, { apiKey });

  const cancelled = await cancel();

  expect(cancelled.status).toBe(200);
  expect(cancelled.body.deployment).toMatchObject({ status: "cancelled", error: expect.stringContaining("cancelled") });
  const again = await cancel();
  expect([again.status, again.body.code]).toEqual([409, "DEPLOYMENT_NOT_QUEUED"]);
  expect(await workOff()).toBe(0);
  expect(await creditsOf(organizationId)).toBe(25);
  const history = await send("GET /api/credits/history", { apiKey });
  expect(history.body.transactions.map(({ type, amount }: { type: string; amount: number }) => [type, amount])).toEqual(
    [
      ["refund", 1],
      ["usage", -1],
      ["grant", 25],
    ],
  );
  const events = eventsIn((await send(`GET /api/deployments/${body.deployment.id}/events`, { apiKey })).text);
  expect(events.map(({ event, data }) => [event, data.status])).toEqual([
    ["deployment.queued", "queued"],
    ["deployment.failed", "cancelled"],
  ]);
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("a worker that has begun cannot be cancelled", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { body } = await deploy(apiKey, await createTestApp(apiKey), "1.0.0");
  const taken = await claim();

  const refused = await send(`POST /api/deployments/${body.deployment.id}/cancel`, { apiKey });

  expect([refused.status, refused.body.code]).toEqual([409, "DEPLOYMENT_NOT_QUEUED"]);
  expect(await carryOut(taken)).toBe("completed");
  expect(await creditsOf(organizationId)).toBe(24);
});

test("the app is rolled back to an earlier version without an upload and for nothing; a version never live is paid", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const first = await deploy(apiKey, appId, "1.0.0");
  await workOff();
  const second = await deploy(apiKey, appId, "2.0.0");
  await workOff();
  expect(await currentOf(apiKey, appId)).toBe(second.body.package.id);
  expect(await creditsOf(organizationId)).toBe(23);

  const back = (id: string) => send(`POST /api/agent-apps/${appId}/rollback`, { apiKey, body: { package_id: id } });
  const rolled = await back(first.body.package.id);
  expect(rolled.status).toBe(202);
  expect(rolled.body.package).toMatchObject({ id: first.body.package.id, version: "1.0.0", status: "deployed" });
  await workOff();

  expect(await currentOf(apiKey, appId)).toBe(first.body.package.id);
  expect(await creditsOf(organizationId)).toBe(23);
  const { body } = await send(`GET /api/agent-apps/${appId}/deployments`, { apiKey });
  expect(
    body.deployments.map((one: Record<string, unknown>) => [one.version, one.cost_credits, one.is_current]),
  ).toEqual([
    ["1.0.0", 0, true],
    ["2.0.0", 1, false],
    ["1.0.0", 1, false],
  ]);

  const never = await deploy(apiKey, appId, "3.0.0");
  await send(`POST /api/deployments/${never.body.deployment.id}/cancel`, { apiKey });
  expect((await back(never.body.package.id)).status).toBe(202);
  expect(await creditsOf(organizationId)).toBe(22);
  const stranger = await createOrganization();
  const foreign = { apiKey: stranger.apiKey, body: { package_id: first.body.package.id } };
  expect((await send(`POST /api/agent-apps/${appId}/rollback`, foreign)).status).toBe(404);
  expect((await back(crypto.randomUUID())).status).toBe(404);
  expect((await send(`POST /api/agent-apps/${appId}/rollback`, { apiKey, body: {} })).status).toBe(400);
  await workOff();
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("the newest deployment of an app wins, in whichever order they end; the older one says so", async () => {
  const { apiKey } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const older = await deploy(apiKey, appId, "1.0.0");
  const newer = await deploy(apiKey, appId, "2.0.0");
  const [first, second] = [await claim(), await claim()];
  expect([first.version, second.version]).toEqual(["1.0.0", "2.0.0"]);

  expect(await carryOut(second)).toBe("completed");
  expect(await carryOut(first)).toBe("completed");

  expect(await currentOf(apiKey, appId)).toBe(newer.body.package.id);
  const late = await statusOf(apiKey, older.body.deployment.id);
  expect(late).toMatchObject({ status: "completed", is_current: false, superseded_by: newer.body.deployment.id });
  expect(late.progress.steps.at(-1).log.at(-1).message).toContain("A newer deployment");
  expect(await statusOf(apiKey, newer.body.deployment.id)).toMatchObject({ is_current: true, superseded_by: null });
});

test("an organization has as many deployments under way as DEPLOYMENT_CONCURRENCY says; others are not held up", async () => {
  provideEnvironment({ DEPLOYMENT_CONCURRENCY: "2" });
  try {
    const [one, other] = [await createOrganization(), await createOrganization()];
    const [appId, otherApp] = [await createTestApp(one.apiKey), await createTestApp(other.apiKey)];
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await deploy(one.apiKey, appId, version);
    await deploy(other.apiKey, otherApp, "9.0.0");

    const taken = (await Promise.all([claimNext(), claimNext(), claimNext(), claimNext()])).filter((all) => all);

    expect(taken.map((each) => each?.version).sort()).toEqual(["1.0.0", "2.0.0", "9.0.0"]);
    expect(await claimNext()).toBeUndefined();
    for (const each of taken) if (each) expect(await carryOut(each)).toBe("completed");
    const last = await claim();
    expect(last.version).toBe("3.0.0");
    expect(await carryOut(last)).toBe("completed");
  } finally {
    provideEnvironment({ DEPLOYMENT_CONCURRENCY: "" });
  }
});

test("followers see every event once and in order, live and after Last-Event-ID", async () => {
  const { apiKey } = await createOrganization();
  const { body } = await deploy(apiKey, await createTestApp(apiKey), "1.0.0");
  const path = `/api/deployments/${body.deployment.id}/events`;

  const [live] = await Promise.all([send(`GET ${path}`, { apiKey }), workOff()]);

  const events = eventsIn(live.text);
  expect(live.headers.get("content-type")).toContain("text/event-stream");
  expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => index + 1));
  const steps = pipelineSteps.flatMap(({ name }) => [`step.started ${name}`, `step.completed ${name}`]);
  expect(events.map(({ event, data }) => [event, data.step].filter(Boolean).join(" "))).toEqual([
    "deployment.queued",
    "deployment.started",
    ...steps,
    "deployment.completed",
  ]);
  const rest = await send(`GET ${path}`, { apiKey, headers: { "last-event-id": "11" } });
  expect(eventsIn(rest.text)).toEqual(events.slice(11));
  const nothing = await send(`GET ${path}`, { apiKey, headers: { "last-event-id": String(events.length) } });
  expect(eventsIn(nothing.text)).toEqual([]);
});

test("web hooks are told of each event, in the transaction in which it happens", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const events = ["deployment.queued", "deployment.started", "deployment.completed", "deployment.failed"];
  const hook = { url: "https://hooks.example.com/baton", events };
  expect((await send(`POST /api/agent-apps/${appId}/webhooks`, { apiKey, body: hook })).status).toBe(201);
  const good = await deploy(apiKey, appId, "1.0.0");
  await workOff();
  const bad = await deploy(apiKey, appId, "2.0.0", { ...simpleManifest, model: "no-such-model" });
  await workOff();

  const rows = await system.all<{ event: string; payload: string }>(sql`
    select event, payload from webhook_deliveries where organization_id = ${organizationId} order by created_at, id`);

  const told = rows.map(({ payload }) => JSON.parse(payload));
  expect(told.map(({ event, data }) => [event, data.status, data.version])).toEqual([
    ["deployment.queued", "queued", "1.0.0"],
    ["deployment.started", "processing", "1.0.0"],
    ["deployment.completed", "completed", "1.0.0"],
    ["deployment.queued", "queued", "2.0.0"],
    ["deployment.started", "processing", "2.0.0"],
    ["deployment.failed", "failed", "2.0.0"],
  ]);
  expect(told[2].data).toEqual({
    deployment_id: good.body.deployment.id,
    agent_app_id: appId,
    package_id: good.body.package.id,
    version: "1.0.0",
    status: "completed",
    duration_seconds: expect.any(Number),
    s3_url: expect.stringContaining("http"),
  });
  expect(told[5].data).toMatchObject({
    deployment_id: bad.body.deployment.id,
    error: "Model 'no-such-model' not found",
  });
});

test("what is being deployed cannot be deleted: neither the package nor the app", async () => {
  const { apiKey } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const { body } = await deploy(apiKey, appId, "1.0.0");
  for (const path of [`/api/agent-apps/${appId}/packages/${body.package.id}`, `/api/agent-apps/${appId}`]) {
    const answer = await send(`DELETE ${path}`, { apiKey });
    expect([answer.status, answer.body.code], path).toEqual([409, "DEPLOYMENT_IN_PROGRESS"]);
  }
  await workOff();
  expect((await send(`DELETE /api/agent-apps/${appId}`, { apiKey })).status).toBe(200);
});
