import { afterAll, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { claimNext, recoverStuck } from "#lib/deployments/worker";
import { provideEnvironment } from "#lib/env";
import { findFaults } from "#lib/ledger/verify";
import { send } from "#lib/testing/client";
import { createTestApp, deploy, simpleManifest, statusOf, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();

const path = "/api/cron/process-deployments";
const secret = "cron-secret-of-the-tests";
const headers = { "x-cron-secret": secret };
const nothing = { processed: false, message: "No jobs to process" };

beforeEach(() => provideEnvironment({ CRON_SECRET: secret }));
afterAll(() => provideEnvironment({ CRON_SECRET: "" }));

async function queueOne(manifest: object = simpleManifest) {
  const organization = await createOrganization();
  const { body } = await deploy(organization.apiKey, await createTestApp(organization.apiKey), "1.0.0", manifest);
  return { ...organization, id: body.deployment.id as string };
}

test.each(["GET", "POST"])(
  "C36 %s is 401 without the secret, with a wrong one, and while none is set",
  async (method) => {
    const attempts: Record<string, string>[] = [
      {},
      { "x-cron-secret": "" },
      { "x-cron-secret": `${secret}x` },
      { authorization: `Bearer ${secret.slice(1)}` },
      { authorization: secret },
    ];
    for (const wrong of attempts) {
      const answer = await send(`${method} ${path}`, { headers: wrong });
      expect(answer.status, JSON.stringify(wrong)).toBe(401);
      expect(answer.body).toEqual({ error: "Unauthorized", code: "UNAUTHORIZED" });
    }
    provideEnvironment({ CRON_SECRET: "" });
    for (const unset of [headers, { authorization: "Bearer undefined" }, { "x-cron-secret": "undefined" }]) {
      expect((await send(`${method} ${path}`, { headers: unset })).status).toBe(401);
    }
  },
);

test("C36 both methods and both headers carry out the oldest queued job, one for each call", async () => {
  const [first, second] = [await queueOne(), await queueOne()];

  const one = await send(`GET ${path}`, { headers: { authorization: `Bearer ${secret}` } });
  expect(one.status).toBe(200);
  expect(one.body).toEqual({ processed: true, jobId: first.id, status: "completed", duration: expect.any(Number) });
  expect(await statusOf(second.apiKey, second.id)).toMatchObject({ status: "queued" });
  const two = await send(`POST ${path}`, { headers });
  expect(two.body).toMatchObject({ processed: true, jobId: second.id, status: "completed" });
  const three = await send(`POST ${path}`, { headers });
  expect(three.body).toEqual(nothing);
});

test("C36 a job that fails is answered as failed, and refunded", async () => {
  const { id, apiKey, organizationId } = await queueOne({ ...simpleManifest, model: "no-such-model" });

  const { body } = await send(`POST ${path}`, { headers });

  expect(body).toMatchObject({ processed: true, jobId: id, status: "failed" });
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "failed" });
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("C36 many ticks and workers at once never take the same job", async () => {
  const queued = await Promise.all(Array.from({ length: 8 }, () => queueOne()));

  const ticks = await Promise.all([
    ...Array.from({ length: 10 }, () => send(`POST ${path}`, { headers })),
    workOff().then(() => undefined),
  ]);

  const taken = ticks.flatMap((tick) => (tick?.body.processed ? [tick.body.jobId] : []));
  expect(new Set(taken).size).toBe(taken.length);
  const { twice } = await system.one<{ twice: number }>(sql`
    select count(*) as twice from (select 1 from deployment_events where type = 'deployment.started'
      group by deployment_id having count(*) > 1) repeated`);
  expect(twice).toBe(0);
  for (const { apiKey, id } of queued) expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed" });
});

test("C36 a job that is processed for more than 15 minutes goes back first, though its worker is alive; failed after 3 attempts", async () => {
  const { id, apiKey, organizationId } = await queueOne();
  await claimNext();
  expect((await send(`POST ${path}`, { headers })).body).toEqual(nothing);
  await system.run(sql`
    update deployments set attempt_started_at = now() - interval '15 minutes 1 second' where id = ${id}`);

  const tick = await send(`POST ${path}`, { headers });
  expect(tick.body).toMatchObject({ processed: true, jobId: id, status: "completed" });
  expect(await statusOf(apiKey, id)).toMatchObject({ attempts: 2 });

  const other = await queueOne();
  for (let attempt = 1; attempt <= 3; attempt++) {
    expect((await claimNext())?.attempts).toBe(attempt);
    await system.run(sql`
      update deployments set attempt_started_at = now() - interval '16 minutes' where id = ${other.id}`);
    if (attempt < 3) expect(await recoverStuck()).toBe(1);
  }
  expect((await send(`POST ${path}`, { headers })).body).toEqual(nothing);
  expect(await statusOf(other.apiKey, other.id)).toMatchObject({ status: "failed", attempts: 3 });
  for (const each of [organizationId, other.organizationId]) expect(await findFaults(60, each)).toEqual([]);
});
