import { afterAll, beforeAll } from "vitest";
import { drainQueue } from "../../../lib/queue/drain.ts";
import { runQueue } from "../../../lib/runs/worker.ts";
import { ownDatabase } from "../../../lib/testing/own-database.ts";
import { type SecondHost, startSecondHost } from "../../../lib/testing/second-host.ts";

/** Baton in a process of its own, with a database of this file's own whose runs this process works off. */
export async function prepareHost() {
  const environment = await ownDatabase();
  const host = { url: "" };
  let running: SecondHost | undefined;
  let isOver = false;
  let worker: Promise<void> = Promise.resolve();
  beforeAll(async () => {
    running = await startSecondHost({ ...environment, RATE_LIMIT_MULTIPLIER: "100" });
    host.url = running.url;
    worker = workUntil(() => isOver);
  });
  afterAll(async () => {
    isOver = true;
    await worker;
    await running?.stop();
  });
  return host;
}

async function workUntil(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await drainQueue(runQueue);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
