import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { deploymentQueue } from "#lib/deployments/worker";
import { closeQueue } from "#lib/queue/boss";
import { startQueues } from "#lib/queue/workers";

/** A worker process for deployments alone; ends well on SIGTERM. */
const workers = await startQueues([deploymentQueue]);
process.on("SIGTERM", async () => {
  await workers.stop(5_000);
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  process.exit(0);
});
process.send?.("ready");
