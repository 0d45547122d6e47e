import { type PipelineStep, pipelineSteps } from "#lib/deployments/steps";
import { processNext } from "#lib/deployments/worker";

/**
 * A worker process that comes to a standstill in one step, says so and waits to be killed: `<step> <before|after>` its work.
 */
const [stopName = "", when = ""] = process.argv.slice(2);

async function standStill(): Promise<never> {
  process.send?.("standing");
  for (;;) await new Promise((resolve) => setTimeout(resolve, 1_000));
}

const steps: PipelineStep[] = pipelineSteps.map(({ name, run }) => ({
  name,
  async run(job) {
    if (name === stopName && when === "before") await standStill();
    await run(job);
    if (name === stopName) await standStill();
  },
}));

await processNext(undefined, steps);
