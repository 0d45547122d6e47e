import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { LostClaim, owned } from "#lib/deployments/finish";
import { processClaim } from "#lib/deployments/process";
import { type PipelineStep, pipelineSteps } from "#lib/deployments/steps";
import { claimNext, processNext, recoverStuck } from "#lib/deployments/worker";
import { findFaults } from "#lib/ledger/verify";
import { createTestApp, deploy, statusOf, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();

test("a worker that comes back late writes nothing: the one that took over decides", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const { body } = await deploy(apiKey, await createTestApp(apiKey), "1.0.0");
  const late = await claimNext();
  if (!late) throw new Error("Nothing could be claimed.");
  await system.run(sql`update deployments set lease_expires_at = now() - interval '1 second' where id = ${late.id}`);
  expect(await recoverStuck()).toBe(1);
  const takenOver = await claimNext();
  if (!takenOver) throw new Error("Nothing could be claimed.");

  expect(await processClaim(late, pipelineSteps, new AbortController().signal)).toBe("lost");
  await expect(owned(late, async () => undefined)).rejects.toThrow(LostClaim);
  expect(await statusOf(apiKey, body.deployment.id)).toMatchObject({ status: "processing", attempts: 2 });
  expect(await processClaim(takenOver, pipelineSteps, new AbortController().signal)).toBe("completed");
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("a worker that is told to stop hands its deployment back, and the next one goes on", async () => {
  const { apiKey } = await createOrganization();
  const { body } = await deploy(apiKey, await createTestApp(apiKey), "1.0.0");
  const stop = new AbortController();
  const steps: PipelineStep[] = pipelineSteps.map((step) =>
    step.name === "generate_metadata" ? { ...step, run: async () => stop.abort(new Error("shutting down")) } : step,
  );

  expect((await processNext(stop.signal, steps))?.outcome).toBe("stopped");

  expect(await statusOf(apiKey, body.deployment.id)).toMatchObject({ status: "queued", attempts: 0 });
  await workOff();
  const done = await statusOf(apiKey, body.deployment.id);
  expect(done).toMatchObject({ status: "completed", attempts: 1 });
  const { started } = await system.one<{ started: number }>(sql`
    select count(*) as started from deployment_events
    where deployment_id = ${body.deployment.id} and type = 'deployment.started'`);
  expect(started).toBe(1);
});
