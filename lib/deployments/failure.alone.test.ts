import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { processNext } from "#lib/deployments/worker";
import { provideEnvironment } from "#lib/env";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { send } from "#lib/testing/client";
import { createTestApp, deploy, simpleManifest, statusOf, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { type FakeRuntime, startFakeRuntime } from "#lib/testing/fake-runtime";
import { ownDatabase } from "#lib/testing/own-database";
import { startS3, type TestS3 } from "#lib/testing/s3-server";

await ownDatabase();

const external = { name: "Coder", runtime: "python3.12", entrypoint: "main:run" };
let s3: TestS3;
let runtime: FakeRuntime;

const use = (environment: Record<string, string>) => provideEnvironment(environment);
const forget = (environment: Record<string, string>) =>
  provideEnvironment(Object.fromEntries(Object.keys(environment).map((name) => [name, ""])));

beforeAll(async () => {
  [s3, runtime] = [await startS3(), await startFakeRuntime()];
});
afterEach(() => {
  s3.cutAfter(undefined);
  forget(s3.environment);
  forget(runtime.environment);
});
afterAll(async () => {
  await Promise.all([s3.stop(), runtime.close()]);
});

async function expectRefunded(organizationId: string, refunds: number): Promise<void> {
  const found = await system.one<{ refunds: number }>(sql`
    select count(*) as refunds from credit_transactions where organization_id = ${organizationId} and type = 'refund'`);
  expect(found.refunds).toBe(refunds);
  expect((await getBalance(system, { organizationId })).credits).toBe(25);
  expect(await findFaults(60, organizationId)).toEqual([]);
}

/** Queues a deployment, carries out what waits, answers what became of it. */
async function deployWith(manifest: object) {
  const organization = await createOrganization();
  const appId = await createTestApp(organization.apiKey);
  const { body, status } = await deploy(organization.apiKey, appId, "1.0.0", manifest);
  expect(status).toBe(202);
  await workOff();
  return { ...organization, appId, deployment: await statusOf(organization.apiKey, body.deployment.id) };
}

test.each([0, 10])(
  "C20 an S3 that is down after %s bytes of the upload: 503, nothing charged, nothing stored",
  async (bytes) => {
    use(s3.environment);
    const { apiKey, organizationId } = await createOrganization();
    const appId = await createTestApp(apiKey);
    s3.cutAfter(bytes);

    const down = await deploy(apiKey, appId, "1.0.0");

    expect([down.status, down.body.code]).toEqual([503, "STORAGE_UNAVAILABLE"]);
    const { left } = await system.one<{ left: number }>(sql`
    select (select count(*) from deployments where organization_id = ${organizationId})
      + (select count(*) from packages where organization_id = ${organizationId}) as left`);
    expect(left).toBe(0);
    await expectRefunded(organizationId, 0);
    s3.cutAfter(undefined);
    expect((await deploy(apiKey, appId, "1.0.0")).status).toBe(202);
    await workOff();
  },
);

test("C20 an S3 that is down while the worker looks: three tries, then failed with one refund; back again, it can be deployed", async () => {
  use(s3.environment);
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const { body } = await deploy(apiKey, appId, "1.0.0");
  s3.cutAfter(0);

  expect((await processNext())?.outcome).toBe("failed");

  const failed = await statusOf(apiKey, body.deployment.id);
  expect(failed).toMatchObject({ status: "failed", attempts: 3, progress: { current_step: "upload_to_s3" } });
  expect(failed.progress.steps.map(({ status }: { status: string }) => status)).toEqual([
    "completed",
    "failed",
    "pending",
    "pending",
    "pending",
  ]);
  await expectRefunded(organizationId, 1);
  s3.cutAfter(undefined);
  const again = { apiKey, body: { package_id: body.package.id } };
  const retried = await send(`POST /api/agent-apps/${appId}/rollback`, again);
  await workOff();
  expect(await statusOf(apiKey, retried.body.deployment.id)).toMatchObject({ status: "completed", cost_credits: 1 });
});

test("C31 an object that is not the one that was uploaded is never deployed", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { body } = await deploy(apiKey, await createTestApp(apiKey), "1.0.0");
  await system.run(sql`update packages set sha256 = decode(repeat('00', 32), 'hex') where id = ${body.package.id}`);

  await workOff();

  const failed = await statusOf(apiKey, body.deployment.id);
  expect(failed).toMatchObject({
    status: "failed",
    attempts: 1,
    error: expect.stringContaining("not the one that was"),
  });
  await expectRefunded(organizationId, 1);
});

test("a package for an external runtime is handed over, signed; the runtime finds what the link leads to", async () => {
  use(runtime.environment);
  const { deployment, appId } = await deployWith(external);

  expect(deployment).toMatchObject({ status: "completed", is_current: true });
  const handed = runtime.received.at(-1);
  expect(handed).toMatchObject({
    path: "/activate",
    isSigned: true,
    body: { deployment_id: deployment.id, agent_app_id: appId, package: { version: "1.0.0" }, manifest: external },
  });
  const link = new URL(String(handed?.body.download_url));
  const download = await send(`GET ${link.pathname}${link.search}`);
  expect(download.status).toBe(200);
  expect(download.text.startsWith("PK")).toBe(true);
});

test("a runtime that times out is asked three times; then the deployment fails with one refund", async () => {
  use(runtime.environment);
  runtime.script({ type: "silence" }, { type: "silence" }, { type: "silence" });
  const before = runtime.received.length;

  const { deployment, organizationId } = await deployWith(external);

  expect(runtime.received.length - before).toBe(3);
  expect(deployment).toMatchObject({
    status: "failed",
    attempts: 3,
    error: "The runtime did not answer in time.",
    progress: { current_step: "notify_runtime" },
  });
  await expectRefunded(organizationId, 1);
}, 30_000);

test("a runtime that fails once is asked again; one that refuses is believed", async () => {
  use(runtime.environment);
  runtime.script({ status: 503, body: { error: "starting" } });
  expect((await deployWith(external)).deployment).toMatchObject({ status: "completed", attempts: 2 });

  runtime.script({ status: 422, body: { error: "python3.12 is not installed" } });
  const refused = await deployWith(external);
  expect(refused.deployment).toMatchObject({
    status: "failed",
    attempts: 1,
    error: "The runtime refused: python3.12 is not installed",
  });
  await expectRefunded(refused.organizationId, 1);
});

test.each([
  ["needs a runtime that is not there", external, /needs an external runtime/],
  ["names a model that nobody knows", { ...simpleManifest, model: "gpt-99" }, /Model 'gpt-99' not found/],
  [
    "has an input schema that is none",
    { ...simpleManifest, inputSchema: { type: "nonsense" } },
    /inputSchema cannot be used/,
  ],
])("C31 a package that %s fails at once, says why, and is refunded", async (_, manifest, error) => {
  const { deployment, organizationId } = await deployWith(manifest);
  expect(deployment).toMatchObject({ status: "failed", attempts: 1, error: expect.stringMatching(error) });
  expect(deployment.progress.steps[0]).toMatchObject({ status: "failed", error: expect.stringMatching(error) });
  await expectRefunded(organizationId, 1);
});
