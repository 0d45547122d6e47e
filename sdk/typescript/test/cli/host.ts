import { afterAll, beforeAll } from "vitest";
import { processNext } from "../../../../lib/deployments/worker.ts";
import { drainQueue } from "../../../../lib/queue/drain.ts";
import { runQueue } from "../../../../lib/runs/worker.ts";
import { invocationQueue } from "../../../../lib/runtime/invocations/job.ts";
import { ownDatabase } from "../../../../lib/testing/own-database.ts";
import { type SecondHost, startSecondHost } from "../../../../lib/testing/second-host.ts";

async function repeat(work: () => Promise<unknown>, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Baton in a process of its own; this process works off its runs, calls and deployments. */
export async function prepareHost(): Promise<{ url: string }> {
  const environment = await ownDatabase();
  const host = { url: "" };
  let running: SecondHost | undefined;
  let isOver = false;
  let work: Promise<unknown> = Promise.resolve();
  beforeAll(async () => {
    running = await startSecondHost({ ...environment, RATE_LIMIT_MULTIPLIER: "100" });
    host.url = running.url;
    const over = () => isOver;
    work = Promise.all([
      repeat(() => drainQueue(runQueue), over),
      repeat(() => drainQueue(invocationQueue), over),
      repeat(() => processNext(), over),
    ]);
  });
  afterAll(async () => {
    isOver = true;
    await work;
    await running?.stop();
  });
  return host;
}
