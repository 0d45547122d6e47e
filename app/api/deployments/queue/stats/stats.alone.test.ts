import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { statsStatement } from "#lib/deployments/stats-queries";
import { uuidv7 } from "#lib/id";
import { send } from "#lib/testing/client";
import { createTestApp } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();

const path = "GET /api/deployments/queue/stats";

async function organization() {
  const made = await createOrganization();
  return { ...made, appId: await createTestApp(made.apiKey) };
}

type Owner = Awaited<ReturnType<typeof organization>>;
type Row = { status: string; count?: number; ageMinutes?: number; seconds?: number };

/** Writes deployments that began so long ago and, when ended, took so many seconds. */
async function write({ organizationId, appId }: Owner, { status, count = 1, ageMinutes = 0, seconds = 0 }: Row) {
  for (let index = 0; index < count; index++) {
    await system.run(sql`
      insert into deployments (id, organization_id, agent_app_id, package_id, version, status, cost_credits, request_id,
        started_at, attempt_started_at, completed_at, lease_expires_at)
      select ${uuidv7()}, ${organizationId}, ${appId}, ${uuidv7()}, '1.0.0', ${status}, 0, 'req_test', began,
        case when ${status} = 'processing' then began end,
        case when ${status} in ('completed', 'failed', 'cancelled') then began + make_interval(secs => ${seconds}) end,
        now() + interval '1 hour'
      from (select now() - make_interval(mins => ${ageMinutes}) as began) t`);
  }
}

const statsOf = async (apiKey: string) => (await send(path, { apiKey })).body;
const healthOf = async (apiKey: string) => (await statsOf(apiKey)).health;
const healthy = { status: "healthy", message: "Queue is operating normally" };

test("C32 counts the caller's organization; the total is the sum of the four; cancelled ones are in none", async () => {
  const one = await organization();
  const other = await organization();
  await write(one, { status: "queued", count: 2 });
  await write(one, { status: "processing" });
  await write(one, { status: "completed", count: 3, ageMinutes: 10, seconds: 4 });
  await write(one, { status: "completed", ageMinutes: 10, seconds: 6 });
  await write(one, { status: "completed", ageMinutes: 25 * 60, seconds: 1_000 });
  await write(one, { status: "failed", ageMinutes: 25 * 60 });
  await write(one, { status: "cancelled" });
  await write(other, { status: "queued", count: 5 });

  expect(await statsOf(one.apiKey)).toEqual({
    stats: { queued: 2, processing: 1, completed: 5, failed: 1, total: 9 },
    health: healthy,
    metrics: { avgProcessingTimeSeconds: 4.5, lastUpdated: expect.stringMatching(/Z$/) },
  });
  expect((await statsOf(other.apiKey)).stats).toEqual({ queued: 5, processing: 0, completed: 0, failed: 0, total: 5 });
});

test("C32 is critical from 3 jobs on that are processing for more than 10 minutes", async () => {
  const one = await organization();
  await write(one, { status: "processing", count: 2, ageMinutes: 11 });
  await write(one, { status: "processing", count: 3, ageMinutes: 9 });
  expect(await healthOf(one.apiKey)).toEqual(healthy);
  await write(one, { status: "processing", ageMinutes: 11 });
  expect(await healthOf(one.apiKey)).toMatchObject({ status: "critical", message: expect.stringContaining("3 ") });
  await write(one, { status: "queued", count: 11 });
  expect(await healthOf(one.apiKey)).toMatchObject({ status: "critical" });
});

test("C32 warns of more than 10 queued", async () => {
  const one = await organization();
  await write(one, { status: "queued", count: 10 });
  expect(await healthOf(one.apiKey)).toEqual(healthy);
  await write(one, { status: "queued" });
  expect(await healthOf(one.apiKey)).toMatchObject({ status: "warning" });
});

test("C32 warns of more than 10 % failed among at least 5 that finished within 24 hours", async () => {
  const [few, tenth, more] = [await organization(), await organization(), await organization()];
  await write(few, { status: "failed", count: 4, ageMinutes: 60 });
  await write(few, { status: "failed", count: 9, ageMinutes: 25 * 60 });
  expect(await healthOf(few.apiKey)).toEqual(healthy);
  await write(tenth, { status: "completed", count: 9, ageMinutes: 60 });
  await write(tenth, { status: "failed", ageMinutes: 60 });
  expect(await healthOf(tenth.apiKey)).toEqual(healthy);
  await write(more, { status: "completed", count: 4, ageMinutes: 60 });
  await write(more, { status: "failed", ageMinutes: 60 });
  expect(await healthOf(more.apiKey)).toMatchObject({ status: "warning", message: expect.stringContaining("1 of 5") });
});

test("C32 is public with the platform's figures; wrong credentials are 401 all the same", async () => {
  const one = await organization();
  await write(one, { status: "queued" });
  const visitor = await send(path);
  expect(visitor.status).toBe(200);
  const { queued, processing, completed, failed, total } = visitor.body.stats;
  expect(queued).toBeGreaterThanOrEqual(1);
  expect(queued + processing + completed + failed).toBe(total);
  expect((await statsOf(one.apiKey)).stats).toMatchObject({ queued: 1, total: 1 });
  const wrong = await send(path, { apiKey: "sk_live_00000000000000000000000000000000" });
  expect([wrong.status, wrong.body.code]).toEqual([401, "UNAUTHORIZED"]);
});

test("C32 reads ranges of indexes: with 20,000 deployments of others, one organization's figures scan no table", async () => {
  const one = await organization();
  const other = await organization();
  await system.run(sql`
    insert into deployments (id, organization_id, agent_app_id, package_id, version, status, cost_credits, request_id,
      started_at, completed_at)
    select gen_random_uuid(), ${other.organizationId}, ${other.appId}, gen_random_uuid(), '1.0.0', 'completed', 0, 'req',
      now() - interval '2 days', now() - interval '2 days' from generate_series(1, 20000)`);
  await system.run(sql`analyze deployments`);
  const rows = await system.all<object>(sql`explain ${statsStatement(one.organizationId)}`);
  const plan = rows.flatMap((row) => Object.values(row)).join("\n");
  expect(plan).toContain("Index");
  expect(plan).not.toContain("Seq Scan");
  expect((await statsOf(one.apiKey)).stats.total).toBe(0);
});
