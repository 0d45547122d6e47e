import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { type StepName, stepNames } from "#lib/deployments/schema";
import { claimNext, recoverStuck } from "#lib/deployments/worker";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { objectStore } from "#lib/storage/store";
import { createTestApp, deploy, statusOf, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

const environment = await ownDatabase();
const program = join(import.meta.dirname, "../testing/deployment-process.ts");

/** Lets a worker process take the oldest deployment and kills it in that step, before or after the step's own work. */
async function killIn(step: StepName, when: "before" | "after"): Promise<void> {
  const child = fork(program, [step, when], {
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "test", ...environment },
    execArgv: [],
  });
  const ended = once(child, "exit");
  await Promise.race([once(child, "message"), ended.then(([code]) => expect(code, "ended by itself").toBe(null))]);
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
}

/** The thirty seconds of the dead worker's lease pass. */
const passLease = (id: string) =>
  system.run(sql`update deployments set lease_expires_at = now() - interval '1 second' where id = ${id}`);

async function refundsOf(organizationId: string): Promise<number> {
  const { refunds } = await system.one<{ refunds: number }>(sql`
    select count(*) as refunds from credit_transactions where organization_id = ${organizationId} and type = 'refund'`);
  return refunds;
}

/** How often each step began. */
async function startsOf(id: string): Promise<Record<string, number>> {
  const rows = await system.all<{ step: string; times: number }>(sql`
    select data ->> 'step' as step, count(*) as times from deployment_events
    where deployment_id = ${id} and type = 'step.started' group by 1`);
  return Object.fromEntries(rows.map(({ step, times }) => [step, times]));
}

const cases = stepNames.flatMap((step) => (["before", "after"] as const).map((when) => ({ step, when })));

test.each(cases)(
  "C20 a worker killed in $step, $when its work: the next one goes on there, and nothing is paid or done twice",
  async ({ step, when }) => {
    const { apiKey, organizationId } = await createOrganization();
    const appId = await createTestApp(apiKey);
    const { body } = await deploy(apiKey, appId, "1.0.0");
    const { id } = body.deployment;

    await killIn(step, when);

    expect(await statusOf(apiKey, id)).toMatchObject({ status: "processing", progress: { current_step: step } });
    expect(await recoverStuck(), "the lease holds").toBe(0);
    expect(await claimNext(), "nobody else takes it").toBeUndefined();
    await passLease(id);
    expect(await recoverStuck()).toBe(1);
    expect(await workOff()).toBe(1);

    expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed", attempts: 2, is_current: true });
    const twice = Object.fromEntries(stepNames.map((name) => [name, name === step ? 2 : 1]));
    expect(await startsOf(id)).toEqual(twice);
    expect(await refundsOf(organizationId)).toBe(0);
    expect((await getBalance(system, { organizationId })).credits).toBe(24);
    const pkg = await system.one<{ objectKey: string; status: string }>(sql`
      select object_key, status from packages where agent_app_id = ${appId}`);
    expect(pkg.status).toBe("deployed");
    expect(await (await objectStore()).head(pkg.objectKey)).toBeDefined();
    expect(await findFaults(60, organizationId)).toEqual([]);
  },
  30_000,
);

test("C36 a deployment whose workers are killed three times fails, with exactly one refund; the package stays usable", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const { body } = await deploy(apiKey, appId, "1.0.0");
  const { id } = body.deployment;
  for (let time = 1; time <= 3; time++) {
    await killIn("notify_runtime", "before");
    await passLease(id);
    expect((await Promise.all([recoverStuck(), recoverStuck(), recoverStuck()])).reduce((sum, one) => sum + one)).toBe(
      1,
    );
  }

  expect(await workOff()).toBe(0);
  expect(await statusOf(apiKey, id)).toMatchObject({
    status: "failed",
    attempts: 3,
    error: "The deployment was interrupted 3 times.",
    progress: { current_step: "notify_runtime" },
  });
  expect(await refundsOf(organizationId)).toBe(1);
  expect((await getBalance(system, { organizationId })).credits).toBe(25);
  const pkg = await system.one<{ objectKey: string; status: string }>(sql`
    select object_key, status from packages where agent_app_id = ${appId}`);
  expect(pkg.status).toBe("failed");
  expect(await (await objectStore()).head(pkg.objectKey)).toBeDefined();
  expect(await findFaults(60, organizationId)).toEqual([]);
}, 30_000);
