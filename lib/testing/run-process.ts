import { drainQueue } from "#lib/queue/drain";
import { runQueue } from "#lib/runs/worker";

/** A worker process that carries out the runs that wait, until it is killed. */
process.send?.("working");
await drainQueue(runQueue);
process.send?.("done");
