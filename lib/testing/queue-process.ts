import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { closeQueue } from "#lib/queue/boss";
import { startQueues } from "#lib/queue/workers";
import { journalQueue } from "#lib/testing/queue-fixture";

/** A worker process for the journal queue named by its argument; ends well on SIGTERM. */
const workers = await startQueues([journalQueue(process.argv[2] ?? "")]);
process.on("SIGTERM", async () => {
  await workers.stop(500);
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  process.exit(0);
});
process.send?.("ready");
