import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createApp } from "#lib/apps/service";
import type { Context } from "#lib/context";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { prepareDeployment } from "#lib/deployments/prepare";
import { createDeployment } from "#lib/deployments/service";
import { provideEnvironment } from "#lib/env";
import { addCredits } from "#lib/ledger/service";
import { closeQueue } from "#lib/queue/boss";
import { removeSpooled, spool } from "#lib/storage/spool";
import { apkg } from "#lib/testing/archives";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { perSecond, type Row } from "./table.ts";

const organizations = 10;
const deployments = 200;
const single = 20;
const program = join(import.meta.dirname, "../lib/testing/deployment-worker.ts");

async function* bytesOf(manifest: object) {
  yield apkg(manifest);
}

/** What C20 does with a form, without HTTP. */
async function deploy(ctx: Context, appId: string, version: string): Promise<string> {
  const file = await spool(bytesOf({ name: "bench", instructions: "Answer." }), 1_000_000);
  try {
    const { value } = await prepareDeployment(ctx, { id: appId }, { fields: { version }, files: { file } });
    return (await createDeployment(ctx, value)).deployment.id;
  } finally {
    await removeSpooled(file.path);
  }
}

async function startWorker(environment: Record<string, string>) {
  const env = { PATH: "/usr/bin:/bin", NODE_ENV: "test" as const, ...environment };
  const child = fork(program, [], { env, execArgv: [] });
  await once(child, "message");
  return child;
}

async function isDone(): Promise<boolean> {
  const { open } = await system.one<{ open: number }>(sql`
    select count(*) as open from deployments where status in ('queued', 'processing')`);
  return open === 0;
}

async function waitUntilDone(everyMs: number): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}

async function measure(environment: Record<string, string>): Promise<Row[]> {
  const owners = await Promise.all(
    Array.from({ length: organizations }, async () => {
      const { ctx } = await createOrganization();
      await addCredits(system, ctx, { type: "grant", amount: 1_000, description: "Bench", reference: "bench" });
      return { ctx, appId: (await createApp(ctx, { name: "Bench" })).app.id };
    }),
  );
  const deployOne = (index: number) => {
    const owner = owners[index % organizations];
    if (!owner) throw new Error("There is nobody to deploy.");
    return deploy(owner.ctx, owner.appId, `1.${index}.0`);
  };

  const queuedAt = performance.now();
  for (let index = 0; index < deployments; index += organizations)
    await Promise.all(owners.map((_, offset) => deployOne(index + offset)));
  const queuePerSecond = (deployments * 1_000) / (performance.now() - queuedAt);

  const workers = [await startWorker(environment), await startWorker(environment)];
  await waitUntilDone(50);
  const { seconds } = await system.one<{ seconds: number }>(sql`
    select extract(epoch from max(completed_at) - min(started_at))::float8 as seconds from deployments`);

  const whole: number[] = [];
  for (let index = 0; index < single; index++) {
    const startedAt = performance.now();
    await deployOne(deployments + index);
    await waitUntilDone(2);
    whole.push(performance.now() - startedAt);
  }
  const p50 = whole.toSorted((a, b) => a - b)[single / 2] ?? 0;
  for (const worker of workers) {
    worker.kill("SIGTERM");
    await once(worker, "exit");
  }
  const row = (path: string, measured: string): Row => ({ path, measured, baseline: "–", ratio: "–", goal: "–" });
  return [
    row("Deployments accepted (checked, stored, charged, queued)", perSecond(queuePerSecond)),
    row(`${deployments} deployments by 2 workers`, perSecond(deployments / seconds)),
    row("One deployment on an idle system, upload to live", `p50 ${p50.toFixed(0)} ms`),
  ];
}

/** How fast packages go from an upload to being live: real database, queue, store and worker processes. */
export async function measureDeployments(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment({ ...platform.environment, LOG_LEVEL: "warn" });
  try {
    return await measure(platform.environment);
  } finally {
    await Promise.all([closeQueue(), closeListener()]);
    await closePool();
    await platform.stop();
  }
}
