import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { stepNames } from "#lib/deployments/schema";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { objectStore } from "#lib/storage/store";
import { apkg, packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { createTestApp, deploy, simpleManifest, statusOf, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);

async function transactionsOf(apiKey: string) {
  const { body } = await send("GET /api/credits/history", { apiKey });
  return body.transactions.map(({ type, amount, description, balance_after }: Record<string, unknown>) => ({
    type,
    amount,
    description,
    balance_after,
  }));
}

test("C20 C31 a package is charged, queued, deployed in five recorded steps, and answers from then on", async () => {
  const { apiKey, organizationId, ctx } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const file = apkg(simpleManifest);

  const queued = await deploy(apiKey, appId, "1.0.0", simpleManifest, { release_notes: "The first one." });

  expect(queued.status).toBe(202);
  const { deployment, package: pkg, tracking } = queued.body;
  expect(queued.body).toEqual({
    deployment: {
      id: uuid,
      status: "queued",
      message: "Deployment queued successfully",
      queued_at: time,
      estimated_duration_seconds: 120,
    },
    package: { id: uuid, version: "1.0.0", size_bytes: file.length, status: "uploading" },
    tracking: {
      status_url: `http://localhost:3000/api/deployments/${deployment.id}`,
      webhook_url: `http://localhost:3000/api/agent-apps/${appId}/webhooks`,
    },
  });
  expect(await statusOf(apiKey, deployment.id)).toMatchObject({
    id: deployment.id,
    status: "queued",
    package_id: pkg.id,
    agent_app_id: appId,
    version: "1.0.0",
    created_at: deployment.queued_at,
    started_at: null,
    completed_at: null,
    error: null,
    release_notes: "The first one.",
    progress: { current_step: null, steps: stepNames.map((name) => ({ name, status: "pending" })) },
  });
  expect(await getBalance(system, ctx)).toMatchObject({ credits: 24 });
  const row = { type: "usage", amount: -1, description: "Deployment of Greeter v1.0.0", balance_after: 24 };
  expect((await transactionsOf(apiKey))[0]).toEqual(row);

  await workOff();

  const done = await statusOf(apiKey, new URL(tracking.status_url).pathname.split("/").at(-1) ?? "");
  expect(done).toMatchObject({
    status: "completed",
    started_at: time,
    completed_at: time,
    error: null,
    is_current: true,
  });
  expect(done.progress.current_step).toBeNull();
  expect(done.progress.steps.map(({ name, status }: { name: string; status: string }) => [name, status])).toEqual(
    stepNames.map((name) => [name, "completed"]),
  );
  for (const step of done.progress.steps) {
    expect(step).toMatchObject({ started_at: time, completed_at: time });
    expect(step.log.length, step.name).toBeGreaterThan(0);
  }
  const { body } = await send(`GET /api/agent-apps/${appId}`, { apiKey });
  expect(body.app.deployed_package_id).toBe(pkg.id);
  const stored = await system.one<{ objectKey: string; status: string; metadata: object }>(sql`
    select object_key, status, metadata from packages where id = ${pkg.id}`);
  expect(stored).toMatchObject({
    status: "deployed",
    metadata: { name: "greeter", runtime: "declarative", sha256: createHash("sha256").update(file).digest("hex") },
  });
  expect(await (await objectStore()).head(stored.objectKey)).toMatchObject({ size: file.length });
  const { body: usage } = await send("GET /api/usage/activity", { apiKey });
  const event = { id: uuid, timestamp: time, type: "deployment", description: row.description, value: 1 };
  expect(usage.events).toContainEqual(event);
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("C20 refuses in this order: 404 app, 400 with every failure, 402 with required and available; nothing stays", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const stranger = await createOrganization();
  await system.run(sql`update organizations set credits = 0 where id = ${stranger.organizationId}`);

  const foreign = await deploy(stranger.apiKey, appId, "1.0.0");
  expect([foreign.status, foreign.body.code]).toEqual([404, "NOT_FOUND"]);
  const broken = packageForm(apkg({ title: "no name", version: "9.9.9" }), { version: "one" });
  const invalid = await send(`POST /api/agent-apps/${appId}/packages/deploy`, { apiKey, body: broken });
  expect(invalid.status).toBe(400);
  expect(invalid.body).toMatchObject({ error: "Package validation failed", code: "PACKAGE_VALIDATION_FAILED" });
  expect(invalid.body.details).toEqual(
    expect.arrayContaining(["Invalid manifest.json", "Manifest version does not match", "Invalid version"]),
  );
  const missing = await send(`POST /api/agent-apps/${appId}/packages/deploy`, {
    apiKey,
    body: packageForm(undefined, {}),
  });
  expect([missing.status, missing.body.code]).toEqual([400, "VALIDATION_ERROR"]);

  const poorApp = await createTestApp(stranger.apiKey);
  const poor = await deploy(stranger.apiKey, poorApp, "1.0.0");
  expect(poor.status).toBe(402);
  expect(poor.body).toEqual({ error: "Insufficient credits", code: "INSUFFICIENT_CREDITS", required: 1, available: 0 });

  const { left } = await system.one<{ left: number }>(sql`
    select (select count(*) from packages where organization_id in (${organizationId}, ${stranger.organizationId}))
      + (select count(*) from deployments where organization_id in (${organizationId}, ${stranger.organizationId}))
      as left`);
  expect(left).toBe(0);
});

test("C20 a credit for each begun MB: 2,048,000 bytes cost 2", async () => {
  const { apiKey, ctx } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const head = apkg(simpleManifest, [{ name: "data.bin", data: "", method: 0 }]).length;
  const data = Buffer.alloc(2_048_000 - head, 1);
  const file = apkg(simpleManifest, [{ name: "data.bin", data, method: 0 }]);
  expect(file.length).toBe(2_048_000);

  const form = packageForm(file, { version: "1.0.0" });
  const { status } = await send(`POST /api/agent-apps/${appId}/packages/deploy`, { apiKey, body: form });

  expect(status).toBe(202);
  expect(await getBalance(system, ctx)).toMatchObject({ credits: 23 });
});

test("C20 with an Idempotency-Key a retry answers the first answer and charges once", async () => {
  const { apiKey, ctx, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const once = () =>
    send(`POST /api/agent-apps/${appId}/packages/deploy`, {
      apiKey,
      headers: { "idempotency-key": "deploy-1" },
      body: packageForm(apkg(simpleManifest), { version: "1.0.0" }),
    });

  const [first, second] = [await once(), await once()];

  expect([first.status, second.status]).toEqual([202, 202]);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect(await getBalance(system, ctx)).toMatchObject({ credits: 24 });
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("C31 another organization's deployment, an unknown and a malformed id are 404 everywhere", async () => {
  const { apiKey } = await createOrganization();
  const queued = await deploy(apiKey, await createTestApp(apiKey), "1.0.0");
  const stranger = await createOrganization();
  const ids = [queued.body.deployment.id, crypto.randomUUID(), "nonsense"];
  for (const id of ids) {
    for (const line of [
      `GET /api/deployments/${id}`,
      `POST /api/deployments/${id}/cancel`,
      `GET /api/deployments/${id}/events`,
    ]) {
      const answer = await send(line, { apiKey: stranger.apiKey });
      expect([answer.status, answer.body.code], line).toEqual([404, "NOT_FOUND"]);
    }
  }
  expect(await statusOf(apiKey, queued.body.deployment.id)).toMatchObject({ status: "queued" });
});
