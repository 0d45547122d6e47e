import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { addCredits } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createTestApp, deploy } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

const environment = await ownDatabase();
const program = join(import.meta.dirname, "../testing/deployment-worker.ts");
const organizations = 5;
const each = 40;

async function startWorker() {
  const env = { PATH: "/usr/bin:/bin", NODE_ENV: "test" as const, ...environment };
  const child = fork(program, [], { env, execArgv: [] });
  const ended = once(child, "exit");
  await once(child, "message");
  return { child, ended };
}

test("200 deployments queued at once and 2 workers: all done, none twice, never more at a time than an organization may", async () => {
  const owners = await Promise.all(
    Array.from({ length: organizations }, async () => {
      const { apiKey, organizationId } = await createOrganization();
      const purchase = { type: "purchase", amount: each, description: "Top-up", reference: "top-up" } as const;
      await addCredits(system, { organizationId }, purchase);
      return { apiKey, organizationId, appId: await createTestApp(apiKey) };
    }),
  );
  for (let minor = 0; minor < each; minor++) {
    const answers = await Promise.all(owners.map(({ apiKey, appId }) => deploy(apiKey, appId, `1.${minor}.0`)));
    expect(answers.map(({ status }) => status)).toEqual(owners.map(() => 202));
  }

  const startedAt = performance.now();
  const workers = [await startWorker(), await startWorker()];
  const open = () =>
    system.one<{ open: number; most: number }>(sql`
      select count(*) filter (where status in ('queued', 'processing')) as open,
        coalesce((select max(n) from (select count(*) as n from deployments where status = 'processing'
          group by organization_id) busy), 0) as most
      from deployments`);
  let most = 0;
  await expect
    .poll(
      async () => {
        const now = await open();
        most = Math.max(most, now.most);
        return now.open;
      },
      { timeout: 90_000, interval: 50 },
    )
    .toBe(0);
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const { child } of workers) child.kill("SIGTERM");
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([
    [0, null],
    [0, null],
  ]);

  const { completed, twice } = await system.one<{ completed: number; twice: number }>(sql`
    select (select count(*) from deployments where status = 'completed' and attempts = 1) as completed,
      (select count(*) from (select 1 from deployment_events where type in ('step.started', 'deployment.completed')
        group by deployment_id, type, data ->> 'step' having count(*) > 1) repeated) as twice`);
  expect(completed).toBe(organizations * each);
  expect(twice).toBe(0);
  expect(most).toBeLessThanOrEqual(3);
  for (const { organizationId } of owners) {
    expect(await findFaults(60, organizationId)).toEqual([]);
    const { version } = await system.one<{ version: string }>(sql`
      select p.version from agent_apps a join packages p on p.id = a.deployed_package_id
      where a.organization_id = ${organizationId}`);
    expect(version, "the newest is live").toBe(`1.${each - 1}.0`);
  }
  const rate = Math.round((organizations * each) / seconds);
  process.stdout.write(`200 deployments by 2 workers: ${seconds.toFixed(1)} s, ${rate} a second, start-up included\n`);
}, 180_000);
